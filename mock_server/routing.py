"""Paths of one contract, compiled: from a request path to the operations that live there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any, Generic, TypeVar
from urllib.parse import unquote

from mock_server.addressing import LONGEST, REMEMBERED

T = TypeVar("T")


@dataclass(slots=True)
class Route(Generic[T]):
    """What stands under one path template: its variables with their positions, its endpoints by method."""

    variables: tuple[tuple[str, int], ...]
    methods: dict[str, T] = field(default_factory=dict)


@dataclass(slots=True)
class Shape(Generic[T]):
    """The templates that have as many segments and their variables in the same places.

    `fixed` and `variable` are the positions of segments; `key` picks the fixed ones, under which `routes` has
    each template.
    """

    fixed: tuple[int, ...]
    variable: tuple[int, ...]
    key: Callable[[Sequence[str]], Any]
    routes: dict[Any, Route[T]] = field(default_factory=dict)


class Router(Generic[T]):
    """A table of path templates by shape: a dictionary look-up for each shape that a path can have.

    A fixed segment goes before a variable one (OpenAPI 3.0.3, 4.7.8.1).
    """

    def __init__(self) -> None:
        self._shapes: dict[int, list[Shape[T]]] = {}
        self._remembered = lru_cache(REMEMBERED)(self._matched)

    def add(self, path: str, method: str, endpoint: T) -> None:
        """Registers `endpoint` under a templated path such as `/sessions/{id}` and an upper-case method.

        One that ends with a slash, as the root of a base path does, is meant without the slash, too.
        """
        segments = path.removeprefix("/").split("/")
        if len(segments) > 1 and segments[-1] == "":
            self.add(path.removesuffix("/"), method, endpoint)
        shape = self._shape(segments)
        variables = tuple((segments[position][1:-1], position) for position in shape.variable)
        shape.routes.setdefault(shape.key(segments), Route(variables)).methods[method] = endpoint
        self._remembered.cache_clear()

    def match(self, path: str) -> tuple[Mapping[str, T], Mapping[str, str]] | None:
        """Endpoints by method and the decoded path variables, None when no operation has this path.

        `path` is still percent-encoded, so that an encoded slash stays inside its segment.
        """
        return self._remembered(path) if len(path) <= LONGEST else self._matched(path)

    def _matched(self, path: str) -> tuple[Mapping[str, T], Mapping[str, str]] | None:
        segments = path[1:].split("/")
        if "%" in path:
            segments = [unquote(segment) for segment in segments]
        for shape in self._shapes.get(len(segments), ()):
            route = shape.routes.get(shape.key(segments))
            if route is not None:
                values = {name: segments[position] for name, position in route.variables}
                if "" not in values.values():
                    return route.methods, values
        return None

    def _shape(self, segments: list[str]) -> Shape[T]:
        variable = tuple(n for n, segment in enumerate(segments) if segment.startswith("{"))
        fixed = tuple(n for n in range(len(segments)) if n not in variable)
        shapes = self._shapes.setdefault(len(segments), [])
        for shape in shapes:
            if shape.fixed == fixed:
                return shape
        shapes.append(Shape(fixed, variable, itemgetter(*fixed) if fixed else lambda _: ()))
        # The template whose first variable comes later goes first, as in a tree of segments.
        shapes.sort(key=lambda shape: [n in shape.variable for n in range(len(segments))])
        return self._shape(segments)
