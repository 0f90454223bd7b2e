"""Viben's suite: the record the runner reads, and the list of topics."""

from functools import partial

import openapi
from conformance.apis.viben import (
    creation,
    deletion,
    details,
    errors,
    lifecycle,
    listing,
    messages,
    properties,
    update,
)
from conformance.apis.viben.client import Viben
from conformance.requirement import collect
from conformance.suite import Suite

TOPICS = (creation, listing, details, update, lifecycle, messages, deletion, errors, properties)

SUITE = Suite(
    name="viben",
    base_path="/api",
    contract=partial(openapi.load, "viben"),
    client=Viben,
    requirements=collect(TOPICS),
)
