"""Mobile Next's suite: the record the runner reads, and the list of topics."""

from functools import partial

import openapi
from conformance.apis.mobilenext import (
    credentials,
    listing,
    organizations,
    paging,
    properties,
    reading,
    sessions,
)
from conformance.apis.mobilenext.client import MobileNext
from conformance.apis.mobilenext.model import MobileNextModel
from conformance.requirement import collect
from conformance.suite import Suite

TOPICS = (listing, paging, sessions, reading, organizations, credentials, properties)

SUITE = Suite(
    name="mobilenext",
    base_path="/api/v1",
    contract=partial(openapi.load, "mobilenext"),
    client=MobileNext,
    model=MobileNextModel,
    requirements=collect(TOPICS, credentials=True),
    actors=("expired",),
    organizations=("shared", "second", "foreign"),
)
