"""What a saboteur is: a way to make the mock wrong, and the requirement that has to notice.

There is no registry: `collect` reads the topic modules of an API, as `conformance.requirement.collect` does.
"""

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from starlette.types import ASGIApp

from mock_server.contract import MockApi
from mock_server.errors import Refused, RequestError
from mock_server.reply import Reply

Tamper = Callable[[str, Reply], Reply]
Render = Callable[[RequestError | Refused], Reply]


def unchanged(app: ASGIApp) -> ASGIApp:
    """The wire as it is."""
    return app


@dataclass(frozen=True, slots=True)
class Saboteur:
    """A wrong behaviour.

    `sabotage` makes the record of an API wrong, `wire` wraps the whole server; most need only one of them.
    """

    name: str
    requirement: str
    sentence: str
    sabotage: Callable[[MockApi], MockApi] = lambda api: api
    wire: Callable[[ASGIApp], ASGIApp] = unchanged


def service(requirement: str) -> Callable[[type[Any]], Saboteur]:
    """Decorates a subclass of the API's service, which the saboteur puts in its place."""

    def named(broken: type[Any]) -> Saboteur:
        return _named(broken, requirement, sabotage=lambda api: replace(api, service=broken))

    return named


def operations(requirement: str) -> Callable[[type[Any]], Saboteur]:
    """Decorates a subclass of the API's operations, which the saboteur puts in its place."""

    def named(broken: type[Any]) -> Saboteur:
        return _named(broken, requirement, sabotage=lambda api: replace(api, operations=broken()))

    return named


def reply(requirement: str, *operation_ids: str) -> Callable[[Callable[[Any], Any]], Saboteur]:
    """Decorates a function from the body of these operations' successful replies to a wrong one."""

    def named(change: Callable[[Any], Any]) -> Saboteur:
        def tamper(operation_id: str, answer: Reply) -> Reply:
            return answer._replace(body=change(answer.body)) if operation_id in operation_ids else answer

        return _named(change, requirement, sabotage=lambda api: _tampered(api, tamper))

    return named


def answer(requirement: str) -> Callable[[Tamper], Saboteur]:
    """Decorates a function from operationId and successful reply to a wrong reply."""

    def named(tamper: Tamper) -> Saboteur:
        return _named(tamper, requirement, sabotage=lambda api: _tampered(api, tamper))

    return named


def refusal(requirement: str) -> Callable[[Callable[[Reply], Reply]], Saboteur]:
    """Decorates a function from an error's reply to a wrong one."""

    def named(change: Callable[[Reply], Reply]) -> Saboteur:
        def sabotage(api: MockApi) -> MockApi:
            honest = api.render
            return replace(api, render=lambda error: change(honest(error)))

        return _named(change, requirement, sabotage=sabotage)

    return named


def wire(requirement: str) -> Callable[[Callable[[ASGIApp], ASGIApp]], Saboteur]:
    """Decorates a function that wraps the whole server."""

    def named(wrap: Callable[[ASGIApp], ASGIApp]) -> Saboteur:
        return _named(wrap, requirement, wire=wrap)

    return named


def specification(requirement: str) -> Callable[[Callable[[dict[str, Any]], None]], Saboteur]:
    """Decorates a function that changes a copy of the contract that the mock validates requests with."""

    def named(change: Callable[[dict[str, Any]], None]) -> Saboteur:
        def sabotage(api: MockApi) -> MockApi:
            changed = deepcopy(dict(api.specification))
            change(changed)
            return replace(api, specification=changed)

        return _named(change, requirement, sabotage=sabotage)

    return named


def record(requirement: str) -> Callable[[Callable[[MockApi], MockApi]], Saboteur]:
    """Decorates a function from the record of the API to a wrong one, for what no other decorator can say."""

    def named(sabotage: Callable[[MockApi], MockApi]) -> Saboteur:
        return _named(sabotage, requirement, sabotage=sabotage)

    return named


def collect(topics: Iterable[ModuleType]) -> tuple[Saboteur, ...]:
    """The saboteurs of the topic modules, as they are written. Raises `ValueError` when two share a name."""
    found = tuple(each for topic in topics for each in vars(topic).values() if isinstance(each, Saboteur))
    names = [each.name for each in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"names of saboteurs must be unique, but these are used twice: {', '.join(twice)}")
    return found


class _Tampered:
    """Operations whose replies go through `tamper`."""

    def __init__(self, honest: object, tamper: Tamper) -> None:
        self._honest = honest
        self._tamper = tamper

    def __getattr__(self, operation_id: str) -> Callable[..., Reply]:
        handler = getattr(self._honest, operation_id)
        return lambda *given, **named: self._tamper(operation_id, handler(*given, **named))


def _tampered(api: MockApi, tamper: Tamper) -> MockApi:
    return replace(api, operations=_Tampered(api.operations, tamper))


def _named(source: Any, requirement: str, **behaviour: Any) -> Saboteur:
    sentence = " ".join((source.__doc__ or "").split())
    if not sentence:
        raise ValueError(f"{source.__name__}: a saboteur's docstring says what it does wrong")
    return Saboteur(source.__name__, requirement, sentence, **behaviour)
