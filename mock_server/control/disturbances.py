"""Faults and quotas of a world as control shows and makes them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from mock_server.errors import Conflict, InvalidRequest, UnknownPath
from mock_server.faults import Delay, Fault, Planted, TooManyFaults
from mock_server.quotas import Installed, Quota, TooManyQuotas
from mock_server.world import World

Body = Mapping[str, Any]
WHOLE_NUMBERS = ("first", "limit", "status")
EFFECTS = ("delay", "status", "breakage")


class DisturbedApi(Protocol):
    """What a fault or a quota can be for (see `contract.MockApi`)."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def specification(self) -> Mapping[str, Any]: ...  # noqa: D102


class Disturbances:
    """The faults and quotas of one world."""

    def __init__(self, apis: Sequence[DisturbedApi], world: World) -> None:
        self._apis = apis
        self._faults = world.faults
        self._quotas = world.quotas

    def faults(self) -> list[dict[str, Any]]:
        """Every fault, with how often it struck."""
        return [_fault(planted) for planted in self._faults.planted]

    def plant(self, body: Body) -> dict[str, Any]:
        """A new fault. Raises `InvalidRequest` and `Conflict`."""
        if not any(effect in body for effect in EFFECTS):
            raise InvalidRequest(f"a fault needs an effect: {', '.join(EFFECTS)}")
        self._check_names(body)
        given = _whole(body)
        if "delay" in body:
            given["delay"] = _delay(body["delay"])
        try:
            return _fault(self._faults.plant(Fault(**given)))
        except TooManyFaults as error:
            raise Conflict(str(error)) from None

    def remove_fault(self, number: int) -> None:
        """Takes a fault away. Raises `UnknownPath`."""
        _removed(self._faults.remove, number, "fault")

    def clear_faults(self) -> None:
        """Takes all faults away."""
        self._faults.clear()

    def quotas(self) -> list[dict[str, Any]]:
        """Every quota, with how many requests it refused."""
        return [_quota(installed) for installed in self._quotas.installed]

    def add_quota(self, body: Body) -> dict[str, Any]:
        """A new quota. Raises `InvalidRequest` and `Conflict`."""
        self._check_names(body)
        try:
            return _quota(self._quotas.add(Quota(**_whole(body))))
        except TooManyQuotas as error:
            raise Conflict(str(error)) from None

    def remove_quota(self, number: int) -> None:
        """Takes a quota away. Raises `UnknownPath`."""
        _removed(self._quotas.remove, number, "quota")

    def clear_quotas(self) -> None:
        """Takes all quotas away."""
        self._quotas.clear()

    def _check_names(self, body: Body) -> None:
        # What is misspelt would never strike, and nobody would know why.
        operations = {api.name: set(_operations(api.specification)) for api in self._apis}
        name = body.get("api", "")
        if name and name not in operations:
            raise InvalidRequest(f"api: is none of {', '.join(operations)}", pointer="/api")
        known = operations[name] if name else set().union(*operations.values())
        if body.get("operation", "") not in {"", *known}:
            raise InvalidRequest(f"operation: is none of {', '.join(sorted(known))}", pointer="/operation")


def _operations(specification: Mapping[str, Any]) -> list[str]:
    items = specification["paths"].values()
    return [part["operationId"] for item in items for part in item.values() if "operationId" in part]


def _whole(body: Body) -> dict[str, Any]:
    # JSON may write the whole number 404 as 404.0.
    return {name: int(value) if name in WHOLE_NUMBERS else value for name, value in body.items()}


def _delay(given: Any) -> Delay:
    if not isinstance(given, Mapping):
        return Delay(given, given)
    if given["low"] > given["high"]:
        raise InvalidRequest("delay: low is above high", pointer="/delay")
    return Delay(given["low"], given["high"])


def _removed(remove: Callable[[int], bool], number: int, what: str) -> None:
    if not remove(number):
        raise UnknownPath(f"there is no {what} {number} in this world")


def _fault(planted: Planted) -> dict[str, Any]:
    fault = planted.fault
    delay = {"low": fault.delay.low, "high": fault.delay.high} if fault.delay else None
    return {
        "id": planted.number,
        "api": fault.api,
        "operation": fault.operation,
        "probability": fault.probability,
        "first": fault.first,
        "ttl": fault.ttl,
        "delay": delay,
        "status": fault.status,
        "breakage": fault.breakage,
        "seen": planted.seen,
        "fired": planted.fired,
    }


def _quota(installed: Installed) -> dict[str, Any]:
    quota = installed.quota
    return {
        "id": installed.number,
        "api": quota.api,
        "operation": quota.operation,
        "limit": quota.limit,
        "seconds": quota.seconds,
        "refused": installed.refused,
    }
