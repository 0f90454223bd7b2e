"""Worlds and the namespaces they live in."""

from datetime import timedelta

import pytest

from mock_server.draw import Draw
from mock_server.errors import InvalidNamespace, TooManyNamespaces
from mock_server.store import CollectionPlan
from mock_server.store.tinydb import TinyStore
from mock_server.world import DEFAULT, World, Worlds


class Hands:
    """The hands of a clock that a test moves."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.at


def baseline(seed: int) -> World:
    """A world of one record, which tells its seed."""
    world = World("baseline", TinyStore.create({"api.things": CollectionPlan("things")}), Draw(seed))
    world.collection("api", "things").insert("seed", {"value": seed})
    return world


def worlds(hands: Hands | None = None, capacity: int = 3) -> Worlds:
    """Room for `capacity` namespaces, of which the default one is there."""
    return Worlds(baseline, seed=42, capacity=capacity, idle_seconds=10, monotonic=hands or Hands())


def thing(world: World, key: str = "seed") -> object:
    """A record of a world."""
    return world.collection("api", "things").get(key)


def test_an_unknown_name_becomes_a_fork_of_the_baseline() -> None:
    """It is there from then on, and what is written to it stays in it."""
    known = worlds()
    known.get("one").collection("api", "things").insert("new", {})

    assert thing(known.get("one"), "new") == {}
    assert thing(known.get("two"), "new") is None
    assert [world.name for world in known] == [DEFAULT, "one", "two"]


def test_a_namespace_may_have_a_seed_of_its_own() -> None:
    """Its data is made from that seed, and a reset goes back to it."""
    known = worlds()
    known.create("one", seed=7)

    assert thing(known.reset("one")) == thing(known.get("one")) == {"value": 7}
    assert known.get("one").seed == 7


def test_a_reset_brings_everything_back() -> None:
    """Data, clock and numbering are those of the beginning."""
    known = worlds()
    world = known.get("one")
    world.collection("api", "things").delete("seed")
    world.clock.advance(timedelta(days=1))
    world.next_ordinal("x")
    fresh = known.reset("one")

    assert (thing(fresh), fresh.clock.mode, fresh.next_ordinal("x")) == ({"value": 42}, "system", 1)


def test_the_default_namespace_is_always_there() -> None:
    """Deleting it begins it anew; deleting another one forgets it."""
    known = worlds()
    known.get(DEFAULT).collection("api", "things").delete("seed")

    assert (known.delete(DEFAULT), known.delete("nobody")) == (True, False)
    assert thing(known.get(DEFAULT)) == {"value": 42}


def test_at_the_cap_only_idle_ones_make_room() -> None:
    """One in use is never taken away; the default one is never idle."""
    hands = Hands()
    known = worlds(hands)
    known.get("one")
    known.get("two")
    with pytest.raises(TooManyNamespaces, match="all 3 namespaces"):
        known.get("three")
    hands.at = 11
    known.get("two")
    known.get("three")

    assert [world.name for world in known] == [DEFAULT, "two", "three"]


def test_a_refused_name_changes_nothing() -> None:
    """A bad name frees no place and takes none."""
    hands = Hands()
    known = worlds(hands, capacity=2)
    known.get("one")
    hands.at = 11
    with pytest.raises(InvalidNamespace):
        known.get("..")

    assert [world.name for world in known] == [DEFAULT, "one"]


@pytest.mark.parametrize("name", ["a", "A-1_.z", "...", "x" * 64])
def test_plain_names_are_names(name: str) -> None:
    """Letters, digits, dot, underscore and hyphen."""
    assert worlds().get(name).name == name


def test_a_fork_goes_its_own_way() -> None:
    """Data, clock and numbers of a fork begin where the original stands, and part from there."""
    original = baseline(42)
    original.next_ordinal("x")
    fork = original.fork("fork")
    fork.clock.freeze()
    fork.collection("api", "things").delete("seed")

    assert (fork.next_ordinal("x"), original.next_ordinal("x")) == (2, 2)
    assert original.clock.mode == "system"
    assert thing(original) == {"value": 42}


def test_seeds_on_request_do_not_pile_up() -> None:
    """Whoever asks for ever new seeds does not fill the memory with baselines."""
    made: list[int] = []

    def counted(seed: int) -> World:
        made.append(seed)
        return baseline(seed)

    known = Worlds(counted, seed=42)
    for seed in (*range(20), 19, 0):
        known.create("one", seed=seed)

    assert made == [42, *range(20), 0]
