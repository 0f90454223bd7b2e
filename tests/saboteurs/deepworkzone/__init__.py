"""Saboteurs of Deep Work Zone, one module for each topic of `conformance/apis/deepworkzone`."""

from tests.saboteurs.deepworkzone import (
    access,
    creation,
    deletion,
    details,
    errors,
    filters,
    generated,
    listing,
    ownership,
    participation,
    recurrence,
    update,
)

TOPICS = (
    access,
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
    generated,
)
