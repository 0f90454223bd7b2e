"""Deep Work Zone's suite: the record the runner reads, and the list of topics."""

from functools import partial

import openapi
from conformance.apis.deepworkzone import (
    access,
    creation,
    deletion,
    details,
    errors,
    filters,
    listing,
    ownership,
    participation,
    properties,
    recurrence,
    strangers,
    update,
)
from conformance.apis.deepworkzone.client import DeepWorkZone
from conformance.apis.deepworkzone.likeness import alike
from conformance.apis.deepworkzone.model import DeepWorkZoneModel
from conformance.apis.deepworkzone.series import series
from conformance.apis.deepworkzone.settings import SETTINGS
from conformance.requirement import collect
from conformance.suite import Suite

TOPICS = (
    access,
    strangers,
    ownership,
    creation,
    listing,
    filters,
    details,
    update,
    deletion,
    recurrence,
    participation,
    errors,
    properties,
)

SUITE = Suite(
    name="deepworkzone",
    base_path="/api/v1",
    contract=partial(openapi.load, "deepworkzone"),
    client=DeepWorkZone,
    model=DeepWorkZoneModel,
    requirements=collect(TOPICS, credentials=True),
    given=lambda api: str(api.given_session()["id"]),
    series=series,
    candidates=DeepWorkZone.candidates,
    alike=alike,
    organizations=("shared", "second", "foreign"),
    settings=SETTINGS,
    refusals={"create_session": (422,), "replace_session": (422,)},  # a series without a single day
)
