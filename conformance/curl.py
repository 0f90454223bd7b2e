"""Renders recorded exchanges as a shell script of curl lines that runs against a fresh server.

Ids the server gave are taken from its replies with jq; real credentials become shell variables, and nothing
else is masked.
"""

import json
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from conformance.addressing import segment
from conformance.exchange import Exchange

ID_KEY = re.compile(r"(?:.*_)?(?:id|ids|uuid|code|key|token|slug)|.*Id", re.ASCII)
PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LONGEST_ARGUMENT = 8000
LONG_RUN = 64
OWN_HEADERS = (
    "x-schemathesis-testcaseid",
    "accept-encoding",
    "connection",
    "content-length",
    "host",
    "user-agent",
    "accept",
)


def script(base_url: str, exchanges: Sequence[Exchange], secrets: Mapping[str, str]) -> tuple[str, ...]:
    """Return the lines that repeat the exchanges: the address, then one curl line for each.

    `secrets` maps each real credential to the name of the variable that stands for it.
    """
    names = dict(secrets)
    lines = [f"BASE_URL=${{BASE_URL:-{shlex.quote(base_url)}}}"]
    for position, exchange in enumerate(exchanges):
        request = command(exchange, names)
        captures = captured(exchanges, position, names)
        lines.append(with_captures(request, captures))
        names |= {value: name for value, _, name in captures}
    return tuple(lines)


def with_captures(request: str, captures: Sequence[tuple[str, str, str]]) -> str:
    """Return the line that sends the request and keeps the parts of its reply that later lines use."""
    if not captures:
        return request.replace("curl -sS", "curl -sS -i", 1)
    if len(captures) == 1:
        _, where, name = captures[0]
        return f"{name}=$({request} | jq -r {shlex.quote(where)})"
    parts = "; ".join(f'{name}=$(jq -r {shlex.quote(where)} <<<"$reply")' for _, where, name in captures)
    return f"reply=$({request}); {parts}"


def captured(
    exchanges: Sequence[Exchange], position: int, names: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """Return (value, jq path, variable) of every id in this reply that later requests use and no earlier one
    named.
    """
    earlier = [written(each) for each in exchanges[: position + 1]]
    later = [written(each) for each in exchanges[position + 1 :]]
    found: dict[str, tuple[str, str, str]] = {}
    for where, key, value in ids(exchanges[position].reply_json()):
        known = value in names or value in found or any(holds(value, each) for each in earlier)
        if not known and any(holds(value, each) for each in later):
            variable = variable_name(key, [*names.values(), *(name for _, _, name in found.values())])
            found[value] = (value, where, variable)
    return list(found.values())


def variable_name(key: str, taken: Sequence[str]) -> str:
    """Return a shell variable for a value under this key: `id`, then `id_2`, and so on."""
    number = 1
    while (name := key if number == 1 else f"{key}_{number}") in taken:
        number += 1
    return name


def ids(document: Any, where: str = "", key: str = "") -> Iterator[tuple[str, str, str]]:
    """Go through a reply for values under keys that name an identity: (jq filter, key, value); those that a
    path holds in another spelling come in both.
    """
    if isinstance(document, dict):
        for name, value in document.items():
            step = f".{name}" if PLAIN_KEY.fullmatch(name) else f"[{json.dumps(name)}]"
            yield from ids(value, where + step, name)
    elif isinstance(document, list):
        for index, value in enumerate(document):
            yield from ids(value, f"{where or '.'}[{index}]", key)
    elif (
        ID_KEY.fullmatch(key)
        and document
        and isinstance(document, str | int)
        and not isinstance(document, bool)
    ):
        yield where, key, str(document)
        if segment(str(document)) != str(document):
            yield f"{where}|@uri", key, segment(str(document))


def written(exchange: Exchange) -> str:
    """Return the parts of a request in which an id may stand."""
    return f"{exchange.target} {(exchange.body or b'').decode('utf-8', 'replace')}"


def pattern(value: str) -> str:
    """Return a regular expression that finds the value as a whole; a number only as a path segment."""
    if value.isdigit():
        return rf"(?<=/){value}(?=[/? ]|$)"
    return rf"(?<![A-Za-z0-9_-]){re.escape(value)}(?![A-Za-z0-9_-])"


def uses(value: str, text: str) -> bool:
    """Say whether the text names the value, as it is or as a step of a path."""
    return holds(value, text) or holds(segment(value), text)


def holds(value: str, text: str) -> bool:
    """Say whether the text holds the value in this very spelling."""
    return re.search(pattern(value), text) is not None


def command(exchange: Exchange, names: Mapping[str, str]) -> str:
    """Return the curl command of one request."""
    words = ["curl", "-sS"]
    if exchange.method != "GET" or exchange.body is not None:
        words += ["-X", shlex.quote(exchange.method)]
    words.append(f'"$BASE_URL"{quoted(exchange.target, names)}')
    for name, value in exchange.headers:
        if name.lower() not in OWN_HEADERS:
            words += ["-H", quoted(f"{name}: {value}", names)]
    if exchange.body is None:
        return " ".join(words)
    return with_body(" ".join(words), exchange.body, names)


def with_body(request: str, body: bytes, names: Mapping[str, str]) -> str:
    """Add the body: as an argument, or through standard input when it is too long for one."""
    if len(body) > LONGEST_ARGUMENT:
        return f"{{ {'; '.join(pieces(body))}; }} | {request} --data-binary @-"
    if not is_printable(body):
        return f"printf {shlex.quote(octal(body))} | {request} --data-binary @-"
    return f"{request} --data-binary {quoted(body.decode(), names)}"


def quoted(text: str, names: Mapping[str, str]) -> str:
    """Quote a text for the shell, with variables where it holds values that have one."""
    if not names:
        return shlex.quote(text)
    finder = re.compile("|".join(f"({pattern(value)})" for value in names))
    variables = list(names.values())
    words, end = [], 0
    for match in finder.finditer(text):
        words += [literal(text[end : match.start()]), f'"${{{variables[(match.lastindex or 1) - 1]}}}"']
        end = match.end()
    return "".join([*words, literal(text[end:])]) or "''"


def literal(text: str) -> str:
    """Quote a text without variables; nothing stays nothing."""
    return shlex.quote(text) if text else ""


def is_printable(body: bytes) -> bool:
    """Say whether a shell argument can hold the body as it is."""
    try:
        return body.decode().replace("\n", " ").replace("\t", " ").isprintable()
    except UnicodeDecodeError:
        return False


def octal(body: bytes) -> str:
    """Return a printf format that yields exactly these bytes."""
    plain = set(range(0x20, 0x7F)) - set(b"%\\")
    return "".join(chr(byte) if byte in plain else f"\\{byte:03o}" for byte in body)


def pieces(body: bytes) -> Iterator[str]:
    """Return the shell commands that print a long body, its long runs of one byte in short form."""
    plain = bytearray()
    for byte, run in groupby(body):
        length = len(list(run))
        if length < LONG_RUN:
            plain += bytes([byte]) * length
            continue
        yield f"printf {shlex.quote(octal(bytes(plain)))}"
        plain.clear()
        yield f"head -c {length} /dev/zero | tr '\\0' {shlex.quote(octal(bytes([byte])))}"
    yield f"printf {shlex.quote(octal(bytes(plain)))}"
