"""What the store costs at different sizes, in this process: reading, writing, paging, forks, durability."""

from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

from mock_server.draw import Draw
from mock_server.state import StateFile
from mock_server.store import CollectionPlan
from mock_server.store.tinydb import TinyStore
from mock_server.world import World

SIZES = (100, 10_000, 100_000)
RUNS = 400
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


def costs(size: int, folder: Path) -> dict[str, float]:
    """Microseconds of each thing at one size: the median of `RUNS`."""
    world = grown(size)
    sessions = world.store.collection(PLAN.name)
    numbers = iter(range(size, size + 10 * RUNS))
    found = {
        "get": _median(lambda: sessions.get(f"s{size // 2}")),
        "page of 20": _median(lambda: list(sessions.find("age", limit=20, descending=True))),
        "filtered page of 20": _median(lambda: list(sessions.find("agent", ("agent-3",), limit=20))),
        "create": _median(lambda: _create(world, next(numbers))),
        "fork": _median(lambda: world.fork("fork")),
        "fork and first write": _median(lambda: _create(world.fork("fork"), size + 20 * RUNS)),
    }
    keeper = StateFile(folder / f"state-{size}", {"bench": "1"})
    keeper.adopt(world)
    found["durable create"] = _median(lambda: _keep(world, keeper, next(numbers)))
    keeper.close()
    return found


def _session(number: int) -> Mapping[str, Any]:
    created = f"2026-01-01T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}Z"
    return {"id": f"s{number}", "agent_id": f"agent-{number % 7}", "created_at": created, "sequence": number}


def _create(world: World, number: int) -> None:
    world.collection("bench", "sessions").insert(f"s{number}", _session(number))


def _keep(world: World, keeper: StateFile, number: int) -> None:
    _create(world, number)
    keeper.commit(world, world.taken_changes())


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return sorted(times)[RUNS // 2] * 1e6
