"""Saboteurs of Mobile Next, one module for each topic of `conformance/apis/mobilenext`."""

from tests.saboteurs.mobilenext import (
    credentials,
    generated,
    listing,
    organizations,
    paging,
    reading,
    sessions,
)

TOPICS = (listing, paging, sessions, reading, organizations, credentials, generated)
