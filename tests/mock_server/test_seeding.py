"""What a world holds at the start."""

import pytest

from mock_server import apis
from tests.mock_server.worlds import baseline, documents


def test_the_same_seed_gives_the_same_data() -> None:
    """Made twice, a world is the same to the last field."""
    one, other = (documents(baseline(seed=7), "viben", "sessions", "age") for _ in range(2))

    assert one == other


def test_another_seed_gives_other_generated_data() -> None:
    """Hand-picked records stay, everything else is other."""
    one, other = (baseline(seed=seed).collection("viben", "sessions") for seed in (7, 8))
    ids = {session["id"] for session in one.find("age")} & {session["id"] for session in other.find("age")}

    assert ids == {"session-abc123", "session-facade", "session-fa11ed"}


def test_the_data_of_an_api_does_not_depend_on_the_others() -> None:
    """Served alone or with all, an API has the same records."""
    alone = documents(baseline([apis.load("viben")]), "viben", "sessions", "age")
    together = baseline([apis.load(name) for name in reversed(apis.NAMES)])

    assert documents(together, "viben", "sessions", "age") == alone


@pytest.mark.parametrize("name", apis.NAMES)
def test_every_record_has_its_place_in_the_order(name: str) -> None:
    """`sequence` counts the records of a collection from 1, and new ones go on from there."""
    api = apis.load(name)
    world = baseline([api])
    for plan in api.collections:
        if plan.indexes:
            records = documents(world, name, plan.name, next(iter(plan.indexes)))
            assert len({record["sequence"] for record in records}) == len(records)
            assert world.next_ordinal(f"{name}.{plan.name}") > len(records)
