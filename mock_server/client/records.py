"""What control tells and is told, with the words of `openapi/control.yaml`."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, Self, TypedDict

Breakage = Literal["connection_reset", "empty_response", "malformed_body", "truncated_body"]
Delay = float | tuple[float, float]  # seconds, or two bounds between which they are drawn


class Criteria(TypedDict, total=False):
    """What requests have in common.

    `operation` is an operationId, `path` what stands behind the prefix of the API (`*` stands for any
    characters), `caller` a persona's name, `after` the id of a request (only later ones count), `body` the
    body or some of its members.
    """

    api: str
    operation: str
    method: str
    path: str
    status: int
    caller: str
    after: str
    body: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that `verify` looks for: the criteria, and how often; at least once, when nothing is said."""

    api: str | None = None
    operation: str | None = None
    method: str | None = None
    path: str | None = None
    status: int | None = None
    caller: str | None = None
    after: str | None = None
    body: Any = None
    exactly: int | None = None
    at_least: int | None = None
    at_most: int | None = None

    def expectation(self) -> dict[str, Any]:
        """The form that control takes."""
        said = given(**asdict(self))
        times = {name: said.pop(name) for name in ("exactly", "at_least", "at_most") if name in said}
        return {"match": said, **given(times=times or None)}

    def __str__(self) -> str:
        return f"Call({', '.join(f'{name}={value!r}' for name, value in given(**asdict(self)).items())})"


class _Published:
    """Something that control tells about; members that a newer server adds are left out."""

    __slots__ = ()

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Self:
        """Reads the form that control gives."""
        names = [each.name for each in fields(cls)]  # type: ignore[arg-type]  # all that derive are dataclasses
        return cls(**{name: body[name] for name in names})


@dataclass(frozen=True, slots=True)
class Persona(_Published):
    """A well-known credential. `user` and `organizations` are the vendor's identifiers."""

    name: str
    api: str
    token: str
    user: Any
    organizations: Sequence[Any]
    note: str

    @property
    def headers(self) -> dict[str, str]:
        """What a request of this person carries."""
        return {"Authorization": f"Bearer {self.token}"}


@dataclass(frozen=True, slots=True)
class RecordedRequest(_Published):
    """A request in the journal. `target` is path and query as sent; `operation` is empty where none fits."""

    id: str
    at: str
    method: str
    target: str
    api: str
    operation: str
    caller: str
    status: int
    milliseconds: float

    def __str__(self) -> str:
        name = self.operation or "no operation has this path and method"
        return f"{self.method} {self.target} -> {self.status} {name}"


@dataclass(frozen=True, slots=True)
class Fault(_Published):
    """A fault of a world: for how many requests it was so far (`seen`), and how many it struck (`fired`)."""

    id: int
    api: str
    operation: str
    probability: float
    first: int | None
    ttl: float | None
    delay: Mapping[str, float] | None
    status: int | None
    breakage: Breakage | None
    seen: int
    fired: int


@dataclass(frozen=True, slots=True)
class Quota(_Published):
    """A quota of a world, and how many requests it has refused."""

    id: int
    api: str
    operation: str
    limit: int
    seconds: float
    refused: int


def given(**members: Any) -> dict[str, Any]:
    """The members that are not None."""
    return {name: value for name, value in members.items() if value is not None}


def journal(requests: Sequence[RecordedRequest]) -> str:
    """A line for each request, the oldest first, of a sequence that has the newest first."""
    return "\n".join(f"  {each}" for each in reversed(requests)) or "  no requests"
