"""Answers that somebody wishes for: an example of the contract, else the vendor's form for the status."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from mock_server.errors import ContractBroken, PreferenceRefused, Refused, RequestError
from mock_server.operation import Operation
from mock_server.reply import Reply, problem

Render = Callable[[RequestError | Refused], Reply]


def preferred(operation: Operation, code: int | None, name: str | None, render: Render) -> Reply:
    """The answer of an operation with this status, example, or both.

    Raises `PreferenceRefused`, which says what there is, for a status or example that the contract has not.
    """
    if code is not None and code not in operation.responses:
        raise PreferenceRefused(
            f"code={code}: {operation.operation_id} answers {_listed(operation.responses)}"
        )
    if name is None:
        assert code is not None
        reply = wished(operation, code, "Prefer", render)
        if _is_allowed(operation, reply):
            return reply
        raise PreferenceRefused(
            f"code={code}: the contract has no example of it; there are {_named(operation)}"
        )
    for status, examples in operation.examples.items():
        if name in examples and code in (None, status):
            return _reply(status, examples[name], operation.responses[status].example_headers)
    with_code = "" if code is None else f" with code={code}"
    raise PreferenceRefused(
        f"example={name[:60]}: {operation.operation_id} has no such example{with_code}; "
        f"there are {_named(operation)}"
    )


def wished(
    operation: Operation, status: int, wish: str, render: Render, headers: Mapping[str, str] | None = None
) -> Reply:
    """An answer with any status: an example, the vendor's error body, or at last a problem document.

    It has the headers that the contract requires with this status; `headers` go before its examples of them.
    """
    contract = operation.responses.get(status)
    headers = {**(contract.example_headers if contract else {}), **(headers or {})}
    examples = operation.examples.get(status)
    if examples:
        return _reply(status, next(iter(examples.values())), headers)
    if status < 400:
        return Reply(status, None, headers)
    detail = f"the mock was asked for this answer ({wish})"
    try:
        reply = render(_error(status, detail, headers))
    except (LookupError, TypeError):  # the vendor has no form for this status
        reply = None
    if reply is not None and reply.status == status and _is_allowed(operation, reply):
        return reply
    told = problem(status, _phrase(status), detail)
    return Reply(status, told.body, headers, told.media_type)


def _error(status: int, detail: str, headers: Mapping[str, str]) -> RequestError:
    error = RequestError(detail, headers=headers)
    error.status, error.title = status, _phrase(status)
    return error


def _is_allowed(operation: Operation, reply: Reply) -> bool:
    try:
        operation.check(reply)
    except ContractBroken:
        return False
    return True


def _reply(status: int, example: tuple[str, Any], headers: Mapping[str, str]) -> Reply:
    media_type, value = example
    reply = Reply(status, value, headers, media_type)
    return reply if reply.is_json else Reply(status, str(value).encode(), headers, media_type)


def _named(operation: Operation) -> str:
    return _listed(f"{name} ({code})" for code, examples in operation.examples.items() for name in examples)


def _listed(names: Any) -> str:
    return ", ".join(map(str, names)) or "none"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Fault"
