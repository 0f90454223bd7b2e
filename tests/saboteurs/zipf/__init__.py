"""Saboteurs of Zipf, one module for each topic of `conformance/apis/zipf`."""

from tests.saboteurs.zipf import (
    access,
    creation,
    deletion,
    details,
    errors,
    generated,
    lifecycle,
    listing,
    public,
    records,
    research,
    sharing,
    update,
)

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
    generated,
)
