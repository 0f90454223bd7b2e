"""Zipf's suite: the record the runner reads, and the list of topics."""

from functools import partial

import openapi
from conformance.apis.zipf import (
    access,
    creation,
    deletion,
    details,
    errors,
    lifecycle,
    listing,
    properties,
    public,
    records,
    research,
    sharing,
    update,
)
from conformance.apis.zipf.client import Zipf
from conformance.requirement import collect
from conformance.suite import Suite

TOPICS = (
    creation,
    details,
    update,
    research,
    records,
    access,
    sharing,
    public,
    deletion,
    errors,
    listing,
    lifecycle,
    properties,
)

SUITE = Suite(
    name="zipf",
    base_path="/api/v1",
    contract=partial(openapi.load, "zipf"),
    client=Zipf,
    requirements=collect(TOPICS),
)
