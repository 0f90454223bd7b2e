"""The documented contract as a whole: operations, links, and what it leaves alone."""

import copy
from typing import Any

import pytest
import schemathesis

import openapi
from openapi import Spec
from tests.openapi.contracts import WHY, answer, contract, every_contract

NAME = {"type": "string", "maxLength": 9, "x-assumed": {"maxLength": WHY}}


def with_second_path(**item: Any) -> Spec:
    """Return a contract whose `/things` has a link to `get_more` of a second path."""
    links = {"More": {"$ref": "#/components/links/More"}, "Again": {"operationId": "list_things"}}
    spec = contract({"200": answer({}, links=links)}, {"links": {"More": {"operationId": "get_more"}}})
    spec["paths"]["/more"] = {"get": {"operationId": "get_more", "responses": {"200": answer({})}}, **item}
    return spec


@pytest.mark.parametrize("mark", [WHY, {"existence": WHY}])
def test_an_assumed_operation_goes_with_the_links_to_it(mark: Any) -> None:
    """A link to an operation that is not there would stop a stateful test run."""
    spec = with_second_path()
    spec["paths"]["/more"]["get"]["x-assumed"] = mark
    documented = openapi.documented(spec)

    assert list(documented["paths"]) == ["/things"]
    assert list(documented["paths"]["/things"]["get"]["responses"]["200"]["links"]) == ["Again"]
    assert "links" not in documented["components"]


def test_an_assumed_path_item_goes_with_its_operations() -> None:
    """A mark on a path item speaks of all that is in it."""
    assert list(openapi.documented(with_second_path(**{"x-assumed": WHY}))["paths"]) == ["/things"]


def test_a_link_by_reference_goes_with_its_operation() -> None:
    """Links may name their operation by its place in the file."""
    spec = with_second_path(**{"x-assumed": WHY})
    spec["components"]["links"]["More"] = {"operationRef": "#/paths/~1more/get"}

    assert "links" not in openapi.documented(spec)["components"]


def test_an_operation_with_an_assumed_url_stays_and_is_known_as_such() -> None:
    """The mark stays with it, so that a 404 there can be judged for what it is."""
    spec = with_second_path(**{"x-assumed": {"path": WHY}})

    assert openapi.documented(spec) == spec


def test_requests_stay_those_of_the_full_contract() -> None:
    """A component that a request and a response share is widened in the response only."""
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Name"}}}}
    parameter = {"name": "q", "in": "query", "schema": NAME, "x-assumed": {"existence": WHY}}
    shared = answer({"$ref": "#/components/schemas/Name"})
    spec = contract({"200": shared}, {"schemas": {"Name": NAME}}, requestBody=body, parameters=[parameter])
    documented = openapi.documented(spec)

    operation = documented["paths"]["/things"]["get"]
    assert (operation["requestBody"], operation["parameters"]) == (body, [parameter])
    assert documented["components"] == spec["components"]
    assert operation["responses"] == {"200": answer({"type": "string"})}


def test_a_dangling_reference_is_named() -> None:
    """The error says which reference leads nowhere, and where it breaks off."""
    spec = contract({"200": answer({"items": {"$ref": "#/components/schemas/Gone"}})})

    with pytest.raises(LookupError, match="'#/components/schemas/Gone' is dangling: there is no 'schemas'"):
        openapi.documented(spec)


def test_a_reference_to_another_file_is_refused() -> None:
    """A contract is one file; what another one says is not followed."""
    with pytest.raises(LookupError, match=r"'other.yaml#/A' leaves the contract"):
        openapi.documented(contract({"200": answer({"$ref": "other.yaml#/A"})}))


@pytest.mark.parametrize("name", every_contract())
def test_a_contract_is_not_changed_by_deriving_another(name: str) -> None:
    """`documented` is a pure function."""
    spec = every_contract()[name]
    before = copy.deepcopy(spec)
    openapi.documented(spec)

    assert spec == before


@pytest.mark.parametrize("name", every_contract())
def test_links_stay_alive(name: str) -> None:
    """Schemathesis can build its stateful run on every link, and finds those to documented operations."""
    spec = every_contract()[name]
    documented = schemathesis.openapi.from_dict(openapi.documented(spec))

    statistic = documented.statistic.transitions
    assert documented.as_state_machine()
    assert 0 < statistic.total == statistic.selected
