"""Bundles brought back: a world as it was, and the requests of its journal sent again and compared."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx
from starlette.types import ASGIApp

from mock_server.bundles import Bundle, BundleUnusable, body_bytes
from mock_server.redaction import PERSONA

CONTROL = "control"
# Calls of control that changed what the APIs answered afterwards. The clock is set for each request anyway.
REPEATED = frozenset(
    {
        "create_fault",
        "delete_fault",
        "clear_faults",
        "create_quota",
        "delete_quota",
        "clear_quotas",
        "set_settings",
        "put_record",
        "delete_record",
    }
)
BASE_URL = "http://127.0.0.1"
Tokens = Mapping[tuple[str, str], str]
MISSING = "(nothing)"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which an answer is not what it was; `pointer` leads into the body, or names the part."""

    request: str
    pointer: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many requests were sent again, and how their answers differ."""

    requests: int
    forgotten: int
    differences: Sequence[Difference]


def apis_of(bundle: Bundle) -> list[str]:
    """Names of the APIs that a bundle is about, sorted."""
    names = {name.partition(".")[0] for name in bundle["state"]["collections"]}
    names |= {request["api"] for request in bundle["requests"]}
    return sorted(names - {CONTROL})


async def restore(app: ASGIApp, bundle: Bundle, headers: Mapping[str, str]) -> None:
    """Brings the default world to where the bundle's was in the end. Raises `BundleUnusable`.

    `headers` are what control wants to see.
    """
    async with _client(app, headers) as client:
        await _begin(client, bundle["state"], bundle)
        for fault in bundle["faults"]:
            await _told(client, "POST", "/faults", fault)
        for quota in bundle["quotas"]:
            await _told(client, "POST", "/quotas", quota)


async def replay(app: ASGIApp, bundle: Bundle, tokens: Tokens) -> Replayed:
    """Sends the requests of a bundle to a server of its APIs, from where its journal began.

    `tokens` holds the well-known credentials by API and persona. Raises `BundleUnusable`.
    """
    async with _client(app, {}) as client:
        await _begin(client, bundle["origin"], bundle)
        for request in bundle["requests"]:
            if request["api"] != CONTROL or request["operation"] in REPEATED:
                await _told(client, "PUT", "/clock", {"mode": "frozen", "now": request["at"]})
                await _repeat(client, request, tokens)
        again = (await client.get("/__admin/bundle")).json()
    before, now = _of_apis(bundle["requests"]), _of_apis(again["requests"])
    differences = [each for pair in zip(before, now, strict=True) for each in compared(*pair)]
    return Replayed(len(before), bundle["forgotten"], differences)


def compared(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    """How the answer to a request differs from what it was: status, media type, body."""
    name = f"{before['api']} {before['method']} {before['path']}"
    then, this = before["answer"], now["answer"]
    for part in ("status", "media_type"):
        if then[part] != this[part]:
            yield Difference(name, part, str(then[part]), str(this[part]))
    for pointer, old, new in _unlike(_value(then), _value(this), ""):
        yield Difference(name, pointer or "body", old, new)


def _client(app: ASGIApp, headers: Mapping[str, str]) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE_URL, headers=dict(headers))


async def _begin(client: httpx.AsyncClient, state: Mapping[str, Any], bundle: Bundle) -> None:
    await _told(client, "PUT", "/state", state)
    await _told(client, "PUT", "/settings", {"validation": bundle["validation"]})


async def _told(client: httpx.AsyncClient, method: str, path: str, body: Mapping[str, Any]) -> None:
    answer = await client.request(method, f"/__admin{path}", json=body)
    if answer.is_error:
        raise BundleUnusable(f"the bundle cannot be brought back: {answer.json()['detail']}")


async def _repeat(client: httpx.AsyncClient, request: Mapping[str, Any], tokens: Tokens) -> None:
    api = request["api"]
    prefix = "" if api == CONTROL else f"/{api}"
    headers = {name: _credential(value, api, tokens) for name, value in request["headers"].items()}
    url, content = f"{prefix}{request['path']}", body_bytes(request)
    # A fault may break the connection; what the client should have got is in the journal all the same.
    with suppress(ConnectionResetError):
        await client.request(request["method"], url, headers=headers, content=content)


def _credential(value: str, api: str, tokens: Tokens) -> str:
    kind, mark, name = value.partition(PERSONA)
    return f"{kind}{tokens.get((api, name), '')}" if mark else value


def _of_apis(requests: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [request for request in requests if request["api"] != CONTROL]


def _value(answer: Mapping[str, Any]) -> Any:
    body = body_bytes(answer)
    if not answer["media_type"].partition(";")[0].endswith("json"):
        return body.decode("utf-8", "replace")
    try:
        return json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")


def _unlike(before: Any, now: Any, pointer: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(before, dict) and isinstance(now, dict):
        for name in [*before, *(name for name in now if name not in before)]:
            part = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
            if name not in before or name not in now:
                yield part, _shown(before.get(name, MISSING)), _shown(now.get(name, MISSING))
            else:
                yield from _unlike(before[name], now[name], part)
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for position, pair in enumerate(zip(before, now, strict=True)):
            yield from _unlike(*pair, f"{pointer}/{position}")
    elif before != now:
        yield pointer, _shown(before), _shown(now)


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:120]}..."
