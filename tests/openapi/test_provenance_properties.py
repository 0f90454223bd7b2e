"""What holds of the documented contract whatever is marked: marks and replies are drawn at random."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate

import openapi
from openapi import Spec
from openapi.marks import MARK, References
from openapi.provenance import METHODS
from tests.openapi.contracts import every_contract
from tests.openapi.marking import marked
from tests.openapi.replies import accepted, replies
from tests.openapi.small import small_contracts

CONTRACTS = {name: st.just(spec) for name, spec in every_contract().items()} | {"small": small_contracts()}
EXAMPLES = {"small": 100}
REPLIES = {"small": 3}

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


def kept(full: Spec, count: int, data: st.DataObject) -> Iterator[bool]:
    """Draw `count` replies to each documented operation; yield for each whether it keeps the full contract.

    Asserts that it then keeps the documented one.
    """
    documented = openapi.documented(full)
    before, after = (schemathesis.openapi.from_dict(spec) for spec in (full, documented))
    for path, method, _ in [*operations(documented)] * count:
        reply = data.draw(replies(full["paths"][path][method]["responses"], References(full)))
        keeps = accepted(before[path][method], reply)
        assert not keeps or accepted(after[path][method], reply), f"{method} {path}: {reply}, {reply.text}"
        yield keeps


@each_contract
def test_the_documented_contract_accepts_what_the_full_one_accepts(name: str) -> None:
    """Whatever is taken for an assumption: a reply that keeps the full contract keeps this one."""
    seen: list[bool] = []

    @given(st.data())
    @settings(max_examples=EXAMPLES.get(name, 30), phases=[Phase.generate])
    def judge(data: st.DataObject) -> None:
        seen.extend(kept(data.draw(CONTRACTS[name].flatmap(marked)), REPLIES.get(name, 1), data))

    judge()
    assert seen.count(True) > len(seen) / 4, "too few of the replies keep the full contract to prove anything"


@each_contract
@given(data=st.data())
@settings(max_examples=40)
def test_deriving_again_changes_nothing(name: str, data: st.DataObject) -> None:
    """The documented contract of a documented contract is itself."""
    documented = openapi.documented(data.draw(CONTRACTS[name].flatmap(marked)))

    assert openapi.documented(documented) == documented


@each_contract
@given(data=st.data())
@settings(max_examples=20)
def test_the_documented_contract_is_valid_openapi(name: str, data: st.DataObject) -> None:
    """openapi-spec-validator accepts it, and Schemathesis finds every link it still has."""
    documented = openapi.documented(data.draw(CONTRACTS[name].flatmap(marked)))
    validate(documented)
    transitions = schemathesis.openapi.from_dict(documented).statistic.transitions

    assert transitions.total == transitions.selected == len(links(documented))


@each_contract
@given(data=st.data())
@settings(max_examples=10)
def test_a_contract_without_marks_is_documented_already(name: str, data: st.DataObject) -> None:
    """Where nothing is assumed, there is nothing to take out."""
    spec = without_marks(data.draw(CONTRACTS[name]))

    assert openapi.documented(spec) == spec
