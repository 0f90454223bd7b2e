"""Contracts of single kinds of records, for random chains of requests."""

from copy import deepcopy

import pytest

import openapi
from conformance.projection import lifecycles, operations, resolved

APIS = ("zipf", "deepworkzone", "viben")


@pytest.mark.parametrize("api", APIS)
def test_what_can_be_deleted_has_a_lifecycle(api: str) -> None:
    """It is what makes, lists, shows, changes and deletes the record; the contract itself stays as it is."""
    contract = openapi.load(api)
    before = deepcopy(contract)
    (found,) = lifecycles(contract)

    assert len(list(operations(found))) == 5
    assert {"post", "get", "delete"} < {method for method, _ in operations(found)}
    assert contract == before


@pytest.mark.parametrize("api", APIS)
def test_links_of_a_lifecycle_stay_inside(api: str) -> None:
    """The generator would take a link to what is not there for a mistake in the contract."""
    (found,) = lifecycles(openapi.load(api))
    inside = {operation["operationId"] for _, operation in operations(found)}
    responses = [each for _, operation in operations(found) for each in operation["responses"].values()]
    links = [link for each in responses for link in resolved(found, each).get("links", {}).values()]

    assert links
    assert {resolved(found, link)["operationId"] for link in links} <= inside
