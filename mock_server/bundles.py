"""A failure in one file: the world before its journal, the world as it is, and every request in between.

Only the form is here: `Bundle` of `openapi/control.yaml`. `replay.py` sends the requests again.
"""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openapi
from mock_server.clock import rfc3339
from mock_server.faults import Faults
from mock_server.headers import unpacked
from mock_server.journal import Entry
from mock_server.quotas import Quotas
from mock_server.redaction import Redactor
from mock_server.snapshots import exported
from mock_server.validation import SchemaCompiler
from mock_server.world import World

FORMAT = 1
LARGEST = 256 * 1024 * 1024
# What belongs to a connection, or names the namespace that a bundle has left.
LEFT_OUT = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "cookie",
        "host",
        "transfer-encoding",
        "x-mock-namespace",
    }
)
Bundle = Mapping[str, Any]


class BundleUnusable(Exception):
    """A file is no bundle. The message says where and why."""


def bundle(world: World, redactor: Redactor) -> dict[str, Any]:
    """Everything that it takes to bring a world back and to repeat what happened in it."""
    origin = world.origin or world
    return {
        "format": FORMAT,
        "namespace": world.name,
        "validation": world.validation,
        "origin": exported(origin),
        "state": exported(world),
        "faults": faults(world.faults),
        "quotas": quotas(world.quotas),
        "forgotten": world.journal.forgotten,
        "requests": [_request(entry, redactor) for entry in world.journal if entry.api],
    }


def faults(planted: Faults) -> list[dict[str, Any]]:
    """The faults of a world in the form in which they can be planted again, less what they have done."""
    found = []
    for each in planted.planted:
        fault = each.fault
        delay = {"low": fault.delay.low, "high": fault.delay.high} if fault.delay else None
        first = None if fault.first is None else fault.first - each.fired
        members = {
            "api": fault.api,
            "operation": fault.operation,
            "probability": fault.probability,
            "first": first,
            "ttl": fault.ttl,
            "delay": delay,
            "status": fault.status,
            "breakage": fault.breakage,
        }
        if first != 0:
            found.append({name: value for name, value in members.items() if value is not None})
    return found


def quotas(installed: Quotas) -> list[dict[str, Any]]:
    """The quotas of a world in the form in which they can be added again."""
    kept = [each.quota for each in installed.installed]
    return [
        {"api": quota.api, "operation": quota.operation, "limit": quota.limit, "seconds": quota.seconds}
        for quota in kept
    ]


def read(path: Path) -> Bundle:
    """The bundle in a file. Raises `BundleUnusable`."""
    try:
        if path.stat().st_size > LARGEST:
            raise BundleUnusable(
                f"{path}: is larger than {LARGEST} bytes, so it is no bundle of this program"
            )
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BundleUnusable(f"{path}: {error.strerror}") from None
    except json.JSONDecodeError as error:
        raise BundleUnusable(f"{path}, line {error.lineno}, column {error.colno}: {error.msg}") from None
    except (UnicodeDecodeError, RecursionError):
        raise BundleUnusable(f"{path}: is no JSON in UTF-8") from None
    compiler = SchemaCompiler(openapi.load("control"))
    validator = compiler.compile({"$ref": "#/components/schemas/Bundle"}, "request")
    violation = next(validator.violations(document), None)
    if violation is not None:
        raise BundleUnusable(f"{path}: {violation.pointer or '/'}: {violation.detail}")
    checked: Bundle = document
    return checked


def body_bytes(message: Mapping[str, Any]) -> bytes:
    """The body of a request or an answer in a bundle."""
    if "body_base64" in message:
        return base64.b64decode(message["body_base64"])
    text: str = message["body"]
    return text.encode()


def _request(entry: Entry, redactor: Redactor) -> dict[str, Any]:
    headers = [(name, value) for name, value in unpacked(entry.headers) if name not in LEFT_OUT]
    _, mark, query = redactor.target(entry.target).partition("?")
    return {
        "id": entry.ordinal,
        "at": rfc3339(entry.at, "microseconds"),
        "api": entry.api,
        "operation": entry.operation,
        "method": entry.method,
        "path": f"{entry.path}{mark}{query}",
        "headers": redactor.with_personas(headers),
        **_body(entry.body),
        "answer": {
            "status": entry.status,
            "media_type": entry.answer_type,
            **_body(entry.answer_body),
        },
    }


def _body(body: bytes) -> dict[str, str]:
    try:
        return {"body": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"body_base64": base64.b64encode(body).decode()}
