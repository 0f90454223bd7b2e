"""What somebody wishes for a request before its operation gets to see it: preferences, faults, quotas."""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from mock_server import preferences
from mock_server.errors import Steered
from mock_server.faults import Strike
from mock_server.forced import Render, preferred, wished
from mock_server.operation import Operation
from mock_server.preferences import Preferences
from mock_server.request import Request


class SteeredApi(Protocol):
    """What steering needs to know of an API (see `contract.MockApi`)."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def render(self) -> Render: ...  # noqa: D102


class Steering:
    """Does what the request's `Prefer` header and the faults of its world say."""

    def __init__(self, api: SteeredApi) -> None:
        self._api = api

    async def steer(self, request: Request, operation: Operation) -> None:
        """Delays a request, marks it for breaking, or ends it.

        Raises `Steered` with the answer somebody wishes for, and `PreferenceRefused`.
        """
        wishes = preferences.parse(request.headers.get("prefer", ""))
        await self._follow(wishes, request, operation)
        world = request.world
        strike = world.faults.strike(world.draw, self._api.name, operation.operation_id)
        if strike is not None:
            await self._suffer(strike, request, operation)

    def count(self, request: Request, operation: Operation) -> None:
        """Counts a request for the quotas of its world. Raises `Steered` for one too many."""
        world = request.world
        exceeded = world.quotas.take(
            self._api.name, operation.operation_id, request.caller, world.clock.now()
        )
        if exceeded is not None:
            quota = exceeded.quota
            reason = f"quota {exceeded.number}: more than {quota.limit} requests in {quota.seconds:g} seconds"
            request.note(reason)
            reply = wished(operation, 429, reason, self._api.render, exceeded.headers)
            raise Steered(reason, reply)

    async def _follow(self, wishes: Preferences, request: Request, operation: Operation) -> None:
        # What cannot be is refused before anybody waits for it.
        is_forced = wishes.code is not None or wishes.example is not None
        reply = None
        if is_forced:
            reply = preferred(operation, wishes.code, wishes.example, self._api.render)
        if wishes.wait is not None:
            await _delay(request, wishes.wait)
        request.applied = applied = _applied(wishes)
        request.note(*(f"Prefer: {each}" for each in applied))
        if reply is not None:
            raise Steered(f"Prefer: {', '.join(applied)}", reply)

    async def _suffer(self, strike: Strike, request: Request, operation: Operation) -> None:
        fault = strike.fault
        name = f"fault {strike.number}"
        if fault.delay is not None:
            request.note(f"{name}: waited {strike.seconds:.3f} seconds")
            await _delay(request, strike.seconds)
        if fault.breakage is not None:
            request.note(f"{name}: {fault.breakage}")
            request.breakage = fault.breakage
        if fault.status is not None:
            reason = f"{name}: status {fault.status}"
            request.note(reason)
            raise Steered(reason, wished(operation, fault.status, name, self._api.render))


async def _delay(request: Request, seconds: float) -> None:
    request.delayed += seconds
    await asyncio.sleep(seconds)


def _applied(wishes: Preferences) -> Sequence[str]:
    named = {"code": wishes.code, "example": wishes.example, "seed": wishes.seed}
    applied = [f"{name}={value}" for name, value in named.items() if value is not None]
    return applied if wishes.wait is None else [*applied, f"wait={wishes.wait:g}"]
