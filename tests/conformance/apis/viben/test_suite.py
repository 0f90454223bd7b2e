"""Viben's suite as a whole."""

import re
from urllib.parse import urlsplit

import pytest

from conformance.apis.viben import SUITE
from conformance.apis.viben.client import unlike
from conformance.places import operations


def test_the_base_path_is_the_contracts() -> None:
    """Requests go below the path of the specification's server URL."""
    assert urlsplit(SUITE.contract()["servers"][0]["url"]).path == SUITE.base_path


def test_requirements_name_operations_of_the_contract() -> None:
    """Every operation has requirements, and none names one that does not exist."""
    named = {each for requirement in SUITE.requirements for each in requirement.operations}

    assert named == set(operations(SUITE.contract()))


def test_ids_are_numbered_without_gaps() -> None:
    """Within a topic the numbers go from 01 upwards."""
    topics: dict[str, list[int]] = {}
    for each in SUITE.requirements:
        topic, number = re.fullmatch(r"(.+)-(\d\d)", each.id).groups()  # type: ignore[union-attr]
        topics.setdefault(topic, []).append(int(number))

    assert {
        topic: numbers for topic, numbers in topics.items() if numbers != list(range(1, len(numbers) + 1))
    } == {}


@pytest.mark.parametrize("id_", ["7", "session-abc123", "9f1c2d3e-0000-4000-8000-00000000000f", "XYZ", "zzz"])
def test_an_unknown_id_has_the_form_of_a_known_one(id_: str) -> None:
    """An id of nobody is another one, still a number where ids are numbers."""
    assert unlike(id_) != id_
    assert unlike(id_).isdigit() == id_.isdigit()
