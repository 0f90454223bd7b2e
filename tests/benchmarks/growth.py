"""What the store costs at different sizes, in this process: reading, writing, paging, forks, durability."""

from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from mock_server.draw import Draw
from mock_server.state import StateFile
from mock_server.store import CollectionPlan
from mock_server.store.tinydb import TinyStore
from mock_server.world import World

SIZES = (100, 10_000, 100_000)
Work = Callable[[], object]
TURNS = 15
TOGETHER = 64  # as many as an index takes in before it applies them, so that each turn has its share of that
PLAN = CollectionPlan(
    "bench.sessions",
    indexes={
        "age": lambda session: (session["created_at"], session["sequence"]),
        "agent": lambda session: (session["agent_id"], session["created_at"], session["sequence"]),
    },
)


def grown(size: int) -> World:
    """A world with `size` sessions."""
    store = TinyStore.create({PLAN.name: PLAN})
    store.load(PLAN.name, {f"s{number}": _session(number) for number in range(size)})
    return World("bench", store, Draw(1))


def costs(folder: Path) -> dict[int, dict[str, float]]:
    """Microseconds of each thing at each size: the median of `TURNS`, in which sizes alternate."""
    worked = {size: _work(size, folder) for size in SIZES}
    found: dict[int, dict[str, float]] = {size: {} for size in SIZES}
    for name in worked[SIZES[0]]:
        turns = [{size: _mean(work[name]) for size, work in worked.items()} for _ in range(TURNS)]
        for size in SIZES:
            found[size][name] = median(turn[size] for turn in turns)
    return found


def _work(size: int, folder: Path) -> dict[str, Work]:
    world, kept = grown(size), grown(size)
    sessions = world.store.collection(PLAN.name)
    numbers = count(size)
    keeper = StateFile(folder / f"state-{size}", {"bench": "1"})
    keeper.adopt(kept)
    return {
        "get": lambda: sessions.get(f"s{size // 2}"),
        "page of 20": lambda: list(sessions.find("age", limit=20, descending=True)),
        "filtered page of 20": lambda: list(sessions.find("agent", ("agent-3",), limit=20)),
        "create": lambda: _create(world, next(numbers)),
        "fork": lambda: world.fork("fork"),
        "fork and first write": lambda: _create(world.fork("fork"), next(numbers)),
        "durable create": lambda: _keep(kept, keeper, next(numbers)),
    }


def _session(number: int) -> Mapping[str, Any]:
    created = f"2026-01-01T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}Z"
    return {"id": f"s{number}", "agent_id": f"agent-{number % 4}", "created_at": created, "sequence": number}


def _create(world: World, number: int) -> None:
    world.collection("bench", "sessions").insert(f"s{number}", _session(number))


def _keep(world: World, keeper: StateFile, number: int) -> None:
    _create(world, number)
    keeper.commit(world, world.taken_changes())


def _mean(work: Work) -> float:
    start = perf_counter()
    for _ in range(TOGETHER):
        work()
    return (perf_counter() - start) / TOGETHER * 1e6
