"""The state of a world as a whole: out as JSON, in again once it is checked, kept and restored by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from mock_server.errors import Conflict, InvalidRequest, UnknownPath
from mock_server.kinds import Kinds, check_places
from mock_server.snapshots import Snapshots, TooManySnapshots, exported, imported
from mock_server.store import CollectionPlan, Document
from mock_server.world import World, Worlds


class KeptApi(Protocol):
    """What has to be known of an API to check its records (see `contract.MockApi`)."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def collections(self) -> tuple[CollectionPlan, ...]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Checks:
    """What the records of a state have to be like."""

    apis: Sequence[KeptApi]
    kinds: Kinds

    def check(self, collections: Mapping[str, Mapping[str, Document]]) -> None:
        """Raises `InvalidRequest` for a record that the contract does not allow, or that has no place."""
        plans = {f"{api.name}.{plan.name}": (api.name, plan) for api in self.apis for plan in api.collections}
        for name, records in collections.items():
            where = f"/collections/{name}"
            if name not in plans:
                detail = f"collections: there is no {name[:60]}; this server has {', '.join(plans)}"
                raise InvalidRequest(detail, pointer=where)
            api, plan = plans[name]
            for key, record in records.items():
                self._check_schema(api, plan, where, key, record)
                _check_places(plan, where, key, record)

    def _check_schema(self, api: str, plan: CollectionPlan, where: str, key: str, record: Document) -> None:
        kind = self.kinds.get((api, plan.name))
        if kind is None:
            return
        try:
            kind.check(key, record, {})
        except InvalidRequest as error:
            raise InvalidRequest(
                f"{where[1:]}/{key[:60]}: {error.detail}",
                pointer=f"{where}/{_escaped(key)}{error.pointer}",
                schema_pointer=error.schema_pointer,
            ) from None


class State:
    """The state of one world, and the snapshots of all."""

    def __init__(self, world: World, worlds: Worlds, snapshots: Snapshots, checks: Checks) -> None:
        self._world = world
        self._worlds = worlds
        self._snapshots = snapshots
        self._checks = checks

    def export(self) -> dict[str, Any]:
        """The state as it is now."""
        return exported(self._world)

    def load(self, state: Mapping[str, Any]) -> World:
        """The world, begun anew in this state. Raises `InvalidRequest`, and then nothing has changed."""
        self._checks.check(state["collections"])
        try:
            origin = imported(state, self._world)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise InvalidRequest(
                f"the state does not hold together: {type(error).__name__}: {error}"
            ) from None
        return self._worlds.begin(self._world.name, origin)

    def snapshots(self) -> list[dict[str, Any]]:
        """Every snapshot."""
        return [_snapshot(kept) for kept in self._snapshots]

    def take_snapshot(self, name: str) -> dict[str, Any]:
        """Keeps this world as it is. Raises `Conflict` when there are too many."""
        try:
            return _snapshot(self._snapshots.take(name, self._world))
        except TooManySnapshots as error:
            raise Conflict(str(error)) from None

    def export_snapshot(self, name: str) -> dict[str, Any]:
        """The state that a snapshot keeps. Raises `UnknownPath`."""
        return exported(self.snapshot(name))

    def restore(self, name: str) -> World:
        """This world, begun anew as the snapshot was. Raises `UnknownPath`."""
        return self._worlds.begin(self._world.name, self.snapshot(name))

    def delete_snapshot(self, name: str) -> None:
        """Forgets a snapshot. Raises `UnknownPath`."""
        self.snapshot(name)
        self._snapshots.delete(name)

    def snapshot(self, name: str) -> World:
        """The world that a snapshot keeps. Raises `UnknownPath`."""
        kept = self._snapshots.get(name)
        if kept is None:
            there = ", ".join(each.name for each in self._snapshots) or "none"
            raise UnknownPath(f"there is no snapshot {name[:64]!r}; there are {there}")
        return kept


def _check_places(plan: CollectionPlan, where: str, key: str, record: Document) -> None:
    try:
        check_places(plan, record)
    except InvalidRequest as error:
        pointer = f"{where}/{_escaped(key)}"
        raise InvalidRequest(f"{where[1:]}/{key[:60]}: {error.detail}", pointer=pointer) from None


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _snapshot(kept: World) -> dict[str, Any]:
    records = sum(len(kept.store.collection(name)) for name in kept.store.names())
    return {"name": kept.name, "seed": kept.seed, "records": records}
