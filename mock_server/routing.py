"""Paths of one contract, compiled: from a request path to the operations that live there."""

from collections.abc import Mapping
from typing import Generic, TypeVar
from urllib.parse import unquote

T = TypeVar("T")


class Node(Generic[T]):
    """One segment of the tree of paths: its fixed children, its variable child, and what stands here."""

    __slots__ = ("children", "methods", "names", "variable")

    def __init__(self) -> None:
        self.children: dict[str, Node[T]] = {}
        self.variable: Node[T] | None = None
        self.methods: dict[str, T] = {}
        self.names: tuple[str, ...] = ()


class Router(Generic[T]):
    """A tree of path segments. A fixed segment goes before a variable one (OpenAPI 3.0.3, 4.7.8.1)."""

    def __init__(self) -> None:
        self._root: Node[T] = Node()

    def add(self, path: str, method: str, endpoint: T) -> None:
        """Registers `endpoint` under a templated path such as `/sessions/{id}` and an upper-case method."""
        node, names = self._root, []
        for segment in path.strip("/").split("/"):
            if segment.startswith("{"):
                names.append(segment[1:-1])
                node.variable = node.variable or Node()
                node = node.variable
            else:
                node = node.children.setdefault(segment, Node())
        node.methods[method] = endpoint
        node.names = tuple(names)

    def match(self, path: str) -> tuple[Mapping[str, T], dict[str, str]] | None:
        """Endpoints by method and the decoded path variables, None when no operation has this path.

        `path` is still percent-encoded, so that an encoded slash stays inside its segment.
        """
        found = _descend(self._root, [unquote(segment) for segment in path[1:].split("/")], 0, [])
        if found is None:
            return None
        node, values = found
        return node.methods, dict(zip(node.names, values, strict=True))


def _descend(
    node: Node[T], segments: list[str], depth: int, values: list[str]
) -> tuple[Node[T], list[str]] | None:
    if depth == len(segments):
        return (node, values) if node.methods else None
    segment = segments[depth]
    fixed = node.children.get(segment)
    if fixed is not None and (found := _descend(fixed, segments, depth + 1, values)):
        return found
    if node.variable is None or not segment:
        return None
    return _descend(node.variable, segments, depth + 1, [*values, segment])
