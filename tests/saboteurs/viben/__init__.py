"""Saboteurs of Viben, one module for each topic of `conformance/apis/viben`."""

from tests.saboteurs.viben import (
    creation,
    deletion,
    details,
    errors,
    generated,
    lifecycle,
    listing,
    messages,
    update,
)

TOPICS = (creation, listing, details, update, deletion, messages, lifecycle, errors, generated)
