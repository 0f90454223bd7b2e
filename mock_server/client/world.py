"""A world: what one namespace of a server owns, and what a test does to it through control."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self, Unpack

from mock_server.client.control import Control, segment
from mock_server.client.errors import CallsNotMade, ControlError
from mock_server.client.records import (
    Breakage,
    Call,
    Criteria,
    Delay,
    Fault,
    Persona,
    Quota,
    RecordedRequest,
    given,
    journal,
)

MOST_LISTED = 1000  # requests that control lists at a time


class Clock:
    """Time in one world. Text is RFC 3339, such as `2026-07-01T09:00:00Z`; a datetime needs a zone."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def now(self) -> datetime:
        """What it shows."""
        return datetime.fromisoformat(self._control.get("/clock")["now"])

    def freeze(self, now: datetime | str | None = None) -> None:
        """Stops it, where it stands or at `now`."""
        self._control.call("PUT", "/clock", {"mode": "frozen", **given(now=_text(now))})

    def set(self, now: datetime | str) -> None:
        """Lets it run on from `now`."""
        self._control.call("PUT", "/clock", {"mode": "offset", "now": _text(now)})

    def advance(self, by: timedelta | float) -> None:
        """Moves it forward, by seconds where a number is given."""
        seconds = by.total_seconds() if isinstance(by, timedelta) else by
        self._control.call("POST", "/clock/advance", {"seconds": seconds})

    def resume(self) -> None:
        """Back to the machine's time."""
        self._control.call("PUT", "/clock", {"mode": "system"})


class Faults:
    """What goes wrong in one world on purpose: the first fault that fits a request strikes it."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def add(  # noqa: PLR0913  # all have names
        self,
        *,
        api: str | None = None,
        operation: str | None = None,
        probability: float | None = None,
        first: int | None = None,
        ttl: float | None = None,
        delay: Delay | None = None,
        status: int | None = None,
        breakage: Breakage | None = None,
    ) -> Fault:
        """Adds one for requests of `api` or `operation`: for the `first`, for `ttl` seconds, at random.

        It waits (`delay`), answers with `status` in the vendor's form, or breaks the answer (`breakage`).
        """
        bounds = {"low": delay[0], "high": delay[1]} if isinstance(delay, tuple) else delay
        fault = given(
            api=api,
            operation=operation,
            probability=probability,
            first=first,
            ttl=ttl,
            delay=bounds,
            status=status,
            breakage=breakage,
        )
        return Fault.of(self._control.call("POST", "/faults", fault))

    def list(self) -> Sequence[Fault]:
        """Those that there are, the oldest first."""
        return [Fault.of(each) for each in self._control.get("/faults")["faults"]]

    def remove(self, fault: Fault) -> None:
        """Removes one."""
        self._control.call("DELETE", f"/faults/{fault.id}")

    def clear(self) -> None:
        """Removes all."""
        self._control.call("DELETE", "/faults")


class Quotas:
    """How many requests a caller may send in one world: the one that is too many gets 429."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def add(
        self, limit: int, seconds: float, *, api: str | None = None, operation: str | None = None
    ) -> Quota:
        """Allows `limit` requests of each caller in `seconds` of the world's clock."""
        quota = given(limit=limit, seconds=seconds, api=api, operation=operation)
        return Quota.of(self._control.call("POST", "/quotas", quota))

    def list(self) -> Sequence[Quota]:
        """Those that there are, the oldest first."""
        return [Quota.of(each) for each in self._control.get("/quotas")["quotas"]]

    def remove(self, quota: Quota) -> None:
        """Removes one."""
        self._control.call("DELETE", f"/quotas/{quota.id}")

    def clear(self) -> None:
        """Removes all."""
        self._control.call("DELETE", "/quotas")


class State:
    """The records of one world, past the rules of their API."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def export(self) -> dict[str, Any]:
        """All of it, as `load` takes it."""
        exported: dict[str, Any] = self._control.get("/state")
        return exported

    def load(self, state: Mapping[str, Any]) -> None:
        """Lets the world begin anew with these records."""
        self._control.call("PUT", "/state", state)

    def get(self, api: str, collection: str, key: str) -> dict[str, Any]:
        """A record, with the members that the API does not show."""
        record: dict[str, Any] = self._control.get(_record(api, collection, key))
        return record

    def put(self, api: str, collection: str, key: str, members: Mapping[str, Any]) -> dict[str, Any]:
        """Puts a record in, or changes the members that are given; it has to keep the contract."""
        record: dict[str, Any] = self._control.call("PUT", _record(api, collection, key), members)
        return record

    def delete(self, api: str, collection: str, key: str) -> None:
        """Takes a record out."""
        self._control.call("DELETE", _record(api, collection, key))


class Snapshots:
    """States by name. They are the server's: every world can begin from them."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def take(self, name: str) -> None:
        """Keeps this world as it is."""
        self._control.call("POST", "/snapshots", {"name": name})

    def restore(self, name: str) -> None:
        """Brings this world to where the snapshot was taken."""
        self._control.call("POST", f"/snapshots/{segment(name)}/restore")

    def list(self) -> Sequence[str]:
        """Their names."""
        return [each["name"] for each in self._control.get("/snapshots")["snapshots"]]

    def delete(self, name: str) -> None:
        """Forgets one."""
        self._control.call("DELETE", f"/snapshots/{segment(name)}")


class Requests:
    """The journal of one world."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def find(self, **criteria: Unpack[Criteria]) -> Sequence[RecordedRequest]:
        """The latest 1,000 requests that meet every criterion, the newest first; without criteria all."""
        found = self._control.call("POST", f"/requests/find?limit={MOST_LISTED}", criteria)
        return [RecordedRequest.of(each) for each in found["requests"]]

    def count(self, **criteria: Unpack[Criteria]) -> int:
        """How many requests meet every criterion."""
        return int(self._control.call("POST", "/requests/count", criteria)["count"])

    def unmatched(self) -> Sequence[RecordedRequest]:
        """Requests that no operation answers, the newest first; `explain` tells what they are most like."""
        found = self._control.get(f"/requests/unmatched?limit={MOST_LISTED}")
        return [RecordedRequest.of(each) for each in found["requests"]]

    def explain(self, request: str) -> dict[str, Any]:
        """Why the answer was what it was, by the id of a request, which X-Mock-Request-Id has too."""
        explanation: dict[str, Any] = self._control.get(f"/requests/{segment(request)}")
        return explanation

    def verify(self, *calls: Call, in_order: bool = False) -> None:
        """Raises `CallsNotMade` unless each call was made and, `in_order`, after the one before it."""
        body = {"calls": [call.expectation() for call in calls], "in_order": in_order}
        verification = self._control.call("POST", "/requests/verify", body)
        if verification["verified"]:
            return
        verdicts = zip(calls, verification["calls"], strict=True)
        broken = [f"  {call}: {verdict['reason']}" for call, verdict in verdicts if not verdict["holds"]]
        seen = ["this world has seen:", journal(self.find())]
        raise CallsNotMade("\n".join(["calls are not as expected:", *broken, *seen]))

    def clear(self) -> None:
        """Forgets them."""
        self._control.call("DELETE", "/requests")


class World:
    """One namespace. As a context manager it is deleted in the end.

    `namespace` is its name; `headers` and `cookies` lead a request to it where the URL does not.
    """

    def __init__(
        self,
        namespace: str,
        control: Control,
        url: Callable[[str, str], str],
        persona: Callable[[str, str], Persona],
    ) -> None:
        self.namespace = namespace
        self.headers = {"X-Mock-Namespace": namespace}
        self.cookies = {"mock_namespace": namespace}
        self.clock = Clock(control)
        self.faults = Faults(control)
        self.quotas = Quotas(control)
        self.state = State(control)
        self.snapshots = Snapshots(control)
        self.requests = Requests(control)
        self._control = control
        self._url = url
        self._persona = persona

    def __repr__(self) -> str:
        return f"<World {self.namespace}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.delete()

    def url(self, api: str = "", path: str = "") -> str:
        """The address of an API in this world, and `path` behind it: `url("viben", "/api/sessions")`.

        Without an API the root of the server in this world. Raises `MockServerError` for an unknown API.
        """
        return self._url(api, path)

    def persona(self, api: str, name: str = "owner") -> Persona:
        """A well-known credential. Raises `MockServerError`, with the names there are."""
        return self._persona(api, name)

    def reset(self) -> None:
        """Back to the seed: data, clock, faults, quotas, journal."""
        self._control.call("POST", "/reset")

    def delete(self) -> None:
        """Forgets this world, which may be gone already."""
        try:
            self._control.call("DELETE", f"/namespaces/{self.namespace}")
        except ControlError as error:
            if error.status != 404:
                raise

    def bundle(self) -> dict[str, Any]:
        """This world with its journal, for `mock-server serve --bundle` and `mock-server replay`."""
        bundle: dict[str, Any] = self._control.get("/bundle")
        return bundle


def _text(moment: datetime | str | None) -> str | None:
    return moment.isoformat() if isinstance(moment, datetime) else moment


def _record(api: str, collection: str, key: str) -> str:
    return f"/state/{segment(api)}/{segment(collection)}/{segment(key)}"
