"""Zipf's suite as a whole."""

import re
from urllib.parse import urlsplit

import pytest

from conformance.apis.zipf import SUITE, reading
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
        topic, number = each.id.rsplit("-", 1)
        topics.setdefault(topic, []).append(int(number))

    assert {topic: found for topic, found in topics.items() if found != list(range(1, len(found) + 1))} == {}


def test_every_actor_is_one_that_targets_name() -> None:
    """Requirements act as actors that the mock has credentials for."""
    actors = {actor for each in SUITE.requirements for actor in each.actors}

    assert actors <= {"owner", "member", "outsider", "spare", "expired", "penniless", "throttled"}
    assert all(re.fullmatch(r"[a-z]+", each) for each in actors)


@pytest.mark.parametrize(
    "body",
    [
        {"operations": [{"id": 1}]},
        {"session": {"operations": [{"id": 1}]}},
        {"events": [{"id": 1}]},
        {"timeline": {"items": [{"id": 1}]}},
        [{"id": 1}],
    ],
)
def test_operations_are_found_wherever_they_stand(body: object) -> None:
    """The page does not say where a reply holds the operations."""
    assert reading.operations(body) == [{"id": 1}]


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ({"credits_consumed": 2}, 2),
        ({"credits": {"consumed": 1}}, 1),
        ({"cost": 0}, 0),
        ({"credited": True}, None),
        ({}, None),
    ],
)
def test_credits_are_found_under_any_name(entry: dict[str, object], found: int | None) -> None:
    """The page says that entries show credits, not under which name."""
    assert reading.credits_of(entry) == found


def test_an_operation_without_a_status_is_done() -> None:
    """Only what says that it is under way is waited for."""
    assert not reading.busy([{}, {"status": "completed"}, {"state": "Failed"}])
    assert reading.busy([{"status": "pending"}])
