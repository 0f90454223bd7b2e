"""The contract and the map of the fifth API are as complete as those of the four."""

from pathlib import Path

from openapi_spec_validator import validate

import openapi
from tests.fifth.conformance import SUITE


def test_the_contract_is_valid() -> None:
    """With and without the marks of provenance, of which it has none."""
    contract = SUITE.contract()
    validate(contract)

    assert openapi.documented(contract) == contract


def test_every_requirement_is_in_the_map() -> None:
    """And the map names no requirement that does not exist."""
    text = (Path(__file__).parent / "conformance/sources.md").read_text("utf-8")
    named = {word.strip(",") for word in text.split() if word.startswith("BOARD-")}

    assert named == {each.id for each in SUITE.requirements}
