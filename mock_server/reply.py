"""What an operation answers, before it is validated and turned into bytes."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

JSON = "application/json"
PROBLEM = "application/problem+json"
NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Reply(NamedTuple):
    """An answer: status, body and headers.

    `body` is anything JSON can hold when `media_type` is a JSON type, else `bytes` sent as they are;
    `None` with a status of 204 or 304 means no body at all. (A tuple is made in half the time of a frozen
    dataclass, and every request makes one.)
    """

    status: int
    body: Any = None
    headers: Mapping[str, str] = NO_HEADERS
    media_type: str = JSON

    @property
    def is_json(self) -> bool:
        """Whether `body` is a value to serialise, and not bytes."""
        return is_json(self.media_type)


def is_json(media_type: str) -> bool:
    """Whether this media type is one of JSON texts (RFC 6839, 3.1)."""
    return media_type == JSON or media_type.endswith("+json")


def problem(status: int, title: str, detail: str, **members: Any) -> Reply:
    """A problem of the mock itself (RFC 9457), never of a vendor's API."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **members}
    return Reply(status, body, media_type=PROBLEM)
