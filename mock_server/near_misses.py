"""What a request that no operation answers was probably meant to be: paths of the contracts like its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import unquote

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
LONGEST_PATH = 300  # comparing costs the product of both lengths
LEAST_LIKENESS = 0.5
MOST_SHOWN = 3
VARIABLE = "{}"


@dataclass(frozen=True, slots=True)
class Route:
    """An operation as a client addresses it: `path` is the template behind the base path."""

    operation: str
    method: str
    base_path: str
    path: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A route that nearly fits, how nearly (1 is all but the method), and what does not fit."""

    route: Route
    likeness: float
    reason: str


def routes(specification: Mapping[str, Any], base_path: str) -> list[Route]:
    """Every route of a contract."""
    return [
        Route(operation["operationId"], method.upper(), base_path, path)
        for path, item in specification["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def near_misses(method: str, path: str, candidates: Sequence[Route]) -> list[NearMiss]:
    """The routes most like a request, best first; none when nothing is like it."""
    found = [near for route in candidates if (near := _compared(method, path[:LONGEST_PATH], route))]
    return sorted(found, key=lambda near: -near.likeness)[:MOST_SHOWN]


def _compared(method: str, path: str, route: Route) -> NearMiss | None:
    segments = [unquote(segment) for segment in path.strip("/").split("/")]
    template = f"{route.base_path}{route.path}".strip("/").split("/")
    wanted = _filled(template, segments)
    likeness = _likeness(segments, template) * (1.0 if method == route.method else 0.9)
    if likeness < LEAST_LIKENESS:
        return None
    return NearMiss(route, round(likeness, 3), "; ".join(_reasons(method, path, segments, wanted, route)))


def _likeness(segments: Sequence[str], template: Sequence[str]) -> float:
    """How alike the fixed segments are; what stands where the template has a variable counts for nothing."""
    shift = len(segments) - len(template)
    masked = [
        VARIABLE
        if 0 <= place - shift < len(template) and template[place - shift].startswith("{")
        else segment
        for place, segment in enumerate(segments)
    ]
    fixed = [VARIABLE if part.startswith("{") else part for part in template]
    return SequenceMatcher(None, "/".join(masked), "/".join(fixed)).ratio()


def _filled(template: Sequence[str], segments: Sequence[str]) -> list[str]:
    """The template with its variables filled in from the end, where paths with a wrong start agree."""
    shift = len(segments) - len(template)
    return [
        segments[place + shift] if part.startswith("{") and 0 <= place + shift < len(segments) else part
        for place, part in enumerate(template)
    ]


def _reasons(method: str, path: str, segments: list[str], wanted: list[str], route: Route) -> Iterator[str]:
    if method != route.method:
        yield f"the method is {method}, not {route.method}"
    if path != "/" and path.endswith("/") and segments == wanted:
        yield "the path ends with a slash"
    base = route.base_path.strip("/").split("/")
    if segments == wanted[len(base) :]:
        yield f"the path lacks the base path {route.base_path}"
    elif len(segments) != len(wanted):
        yield f"the path has {len(segments)} segments, not {len(wanted)}"
    else:
        yield from (
            f"{got[:40]!r} should be {want!r}"
            for got, want in zip(segments, wanted, strict=True)
            if got != want
        )
