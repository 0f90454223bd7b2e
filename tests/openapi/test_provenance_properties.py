"""What holds of the documented contract whatever is marked: marks and replies are drawn at random."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate

import openapi
from openapi import Spec
from openapi.marks import MARK, References
from openapi.provenance import METHODS
from tests.openapi.contracts import every_contract
from tests.openapi.marking import marked
from tests.openapi.replies import accepted, replies

CONTRACTS = every_contract()

each_contract = pytest.mark.parametrize("name", CONTRACTS)


def operations(spec: Spec) -> Iterator[tuple[str, str, Spec]]:
    """Yield path, method and responses of every operation."""
    for path, item in spec["paths"].items():
        yield from ((path, method, item[method]["responses"]) for method in METHODS if method in item)


def links(spec: Spec) -> list[Spec]:
    """Return all links of all operations."""
    references = References(spec)
    responses = [references.resolved(r) for *_, each in operations(spec) for r in each.values()]
    return [link for response in responses for link in response.get("links", {}).values()]


def without_marks(node: Any) -> Any:
    """Return a contract as if the vendor had said everything in it."""
    if isinstance(node, dict):
        return {key: without_marks(value) for key, value in node.items() if key != MARK}
    return [without_marks(item) for item in node] if isinstance(node, list) else node


@each_contract
@given(data=st.data())
@settings(max_examples=150)
def test_the_documented_contract_accepts_what_the_full_one_accepts(name: str, data: st.DataObject) -> None:
    """Whatever is taken for an assumption: a reply that keeps the full contract keeps this one."""
    full = data.draw(marked(CONTRACTS[name]))
    documented = openapi.documented(full)
    both = [schemathesis.openapi.from_dict(spec) for spec in (full, documented)]
    for path, method, _ in operations(documented):
        reply = data.draw(replies(full["paths"][path][method]["responses"], References(full)))
        if accepted(both[0][path][method], reply):
            assert accepted(both[1][path][method], reply), reply.text


@each_contract
def test_most_replies_drawn_keep_the_full_contract(name: str) -> None:
    """Otherwise the property above would be about nothing."""
    contract, verdicts = schemathesis.openapi.from_dict(CONTRACTS[name]), []

    @given(st.data())
    @settings(max_examples=30)
    def judge(data: st.DataObject) -> None:
        path, method, responses = data.draw(st.sampled_from(list(operations(CONTRACTS[name]))))
        reply = data.draw(replies(responses, References(CONTRACTS[name])))
        verdicts.append(accepted(contract[path][method], reply))

    judge()
    assert 0.4 < sum(verdicts) / len(verdicts) < 1


@each_contract
@given(data=st.data())
@settings(max_examples=40)
def test_deriving_again_changes_nothing(name: str, data: st.DataObject) -> None:
    """The documented contract of a documented contract is itself."""
    documented = openapi.documented(data.draw(marked(CONTRACTS[name])))

    assert openapi.documented(documented) == documented


@each_contract
@given(data=st.data())
@settings(max_examples=20)
def test_the_documented_contract_is_valid_openapi(name: str, data: st.DataObject) -> None:
    """openapi-spec-validator accepts it, and Schemathesis finds every link it still has."""
    documented = openapi.documented(data.draw(marked(CONTRACTS[name])))
    validate(documented)
    transitions = schemathesis.openapi.from_dict(documented).statistic.transitions

    assert transitions.total == transitions.selected == len(links(documented))


@each_contract
def test_a_contract_without_marks_is_documented_already(name: str) -> None:
    """Where nothing is assumed, there is nothing to take out."""
    spec = without_marks(CONTRACTS[name])

    assert openapi.documented(spec) == spec
