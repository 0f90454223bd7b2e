"""A persistent sorted set: every change gives a new one that shares all but one path with the old one.

It is a B+ tree of immutable nodes: a copy or a snapshot is a reference, and a change costs the
logarithm of the size.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Generic, Protocol, TypeVar


class Ordered(Protocol):
    """What compares with its like."""

    def __lt__(self, other: Any, /) -> bool: ...


T = TypeVar("T", bound=Ordered)
# Wider nodes make changes copy more, narrower ones make the tree deeper: measured with 100,000 tuples.
WIDTH = 64
LEAST = WIDTH // 4


class Node(Protocol[T]):
    """A part of a tree; `lowest` is the least of the items in it."""

    @property
    def lowest(self) -> T: ...  # noqa: D102
    @property
    def width(self) -> int: ...  # noqa: D102

    def insert(self, item: T) -> "Sequence[Node[T]]":
        """What takes this node's place: one node, or two where one would be too wide."""

    def remove(self, item: T) -> "Sequence[Node[T]]":
        """What takes this node's place: one node, or none where it would be empty. Raises `KeyError`."""

    def merge(self, right: Any) -> "Sequence[Node[T]]":
        """What takes the place of this node and its right neighbour, which is of the same kind."""

    def runs(self, low: T, high: T, descending: bool) -> Iterator[Sequence[T]]:
        """The items from `low` up to but not including `high`, in pieces."""


class Leaf(Generic[T]):
    """Items in order."""

    __slots__ = ("items",)

    def __init__(self, items: Sequence[T]) -> None:
        self.items = items

    @property
    def lowest(self) -> T:
        """See `Node`."""
        return self.items[0]

    @property
    def width(self) -> int:
        """See `Node`."""
        return len(self.items)

    def insert(self, item: T) -> "Sequence[Leaf[T]]":
        """See `Node`."""
        items = self.items
        place = bisect_left(items, item)
        if items[place : place + 1] == (item,):
            return (self,)
        return leaves((*items[:place], item, *items[place:]))

    def remove(self, item: T) -> "Sequence[Leaf[T]]":
        """See `Node`."""
        items = self.items
        place = bisect_left(items, item)
        if items[place : place + 1] != (item,):
            raise KeyError(item)
        return leaves((*items[:place], *items[place + 1 :]))

    def merge(self, right: "Leaf[T]") -> "Sequence[Leaf[T]]":
        """See `Node`."""
        return leaves((*self.items, *right.items))

    def runs(self, low: T, high: T, descending: bool) -> Iterator[Sequence[T]]:
        """See `Node`."""
        found = self.items[bisect_left(self.items, low) : bisect_left(self.items, high)]
        yield found[::-1] if descending else found


class Branch(Generic[T]):
    """Nodes in order, with `lows`, the lowest item of each, beside them for searching."""

    __slots__ = ("children", "lows")

    def __init__(self, children: "Sequence[Node[T]]", lows: Sequence[T]) -> None:
        self.children = children
        self.lows = lows

    @classmethod
    def over(cls, children: "Sequence[Node[T]]") -> "Branch[T]":
        """A branch over nodes that no branch held before."""
        return cls(children, tuple([child.lowest for child in children]))

    @property
    def lowest(self) -> T:
        """See `Node`."""
        return self.lows[0]

    @property
    def width(self) -> int:
        """See `Node`."""
        return len(self.children)

    def insert(self, item: T) -> "Sequence[Branch[T]]":
        """See `Node`."""
        place = self._place(item)
        return self._with(place, place + 1, self.children[place].insert(item))

    def remove(self, item: T) -> "Sequence[Branch[T]]":
        """See `Node`."""
        place = self._place(item)
        changed = self.children[place].remove(item)
        if not changed or changed[0].width >= LEAST or self.width == 1:
            return self._with(place, place + 1, changed)
        if place == 0:
            return self._with(0, 2, changed[0].merge(self.children[1]))
        return self._with(place - 1, place + 1, self.children[place - 1].merge(changed[0]))

    def merge(self, right: "Branch[T]") -> "Sequence[Branch[T]]":
        """See `Node`."""
        return branches((*self.children, *right.children), (*self.lows, *right.lows))

    def runs(self, low: T, high: T, descending: bool) -> Iterator[Sequence[T]]:
        """See `Node`."""
        children = self.children[self._place(low) : bisect_left(self.lows, high)]
        for child in reversed(children) if descending else children:
            yield from child.runs(low, high, descending)

    def _place(self, item: T) -> int:
        return max(bisect_right(self.lows, item) - 1, 0)

    def _with(self, start: int, stop: int, nodes: "Sequence[Node[T]]") -> "Sequence[Branch[T]]":
        # Lows are carried over: asking every child again would be most of the cost of a change. Mostly one
        # child takes the place of one and has the same lowest item, and then they are shared.
        if len(nodes) == 1 and stop - start == 1 and nodes[0].lowest is self.lows[start]:
            return (Branch((*self.children[:start], nodes[0], *self.children[stop:]), self.lows),)
        lows = [node.lowest for node in nodes]
        return branches(
            (*self.children[:start], *nodes, *self.children[stop:]),
            (*self.lows[:start], *lows, *self.lows[stop:]),
        )


class SortedSet(Generic[T]):
    """Items in order, each once. They must compare with each other."""

    __slots__ = ("_root",)

    def __init__(self, root: Node[T]) -> None:
        self._root = root

    @classmethod
    def of(cls, items: Iterable[T]) -> "SortedSet[T]":
        """A set of any items, in less time than inserting them one by one."""
        ordered = sorted(set(items))
        nodes: Sequence[Node[T]] = [Leaf(tuple(part)) for part in _parts(ordered)] or [Leaf(())]
        while len(nodes) > 1:
            nodes = [Branch.over(tuple(part)) for part in _parts(nodes)]
        return cls(nodes[0])

    def insert(self, item: T) -> "SortedSet[T]":
        """This set with `item` in it."""
        nodes = self._root.insert(item)
        return SortedSet(nodes[0] if len(nodes) == 1 else Branch.over(nodes))

    def remove(self, item: T) -> "SortedSet[T]":
        """This set without `item`. Raises `KeyError` when it is not there."""
        nodes = self._root.remove(item)
        root: Node[T] = nodes[0] if nodes else Leaf(())
        while isinstance(root, Branch) and root.width == 1:
            root = root.children[0]
        return SortedSet(root)

    def between(self, low: T, high: T, *, descending: bool = False) -> Iterator[T]:
        """Items from `low` up to but not including `high`, in order or against it."""
        return chain.from_iterable(self._root.runs(low, high, descending))


def leaves(items: Sequence[T]) -> Sequence[Leaf[T]]:
    """No, one or two leaves of `items`."""
    if len(items) <= WIDTH:
        return (Leaf(items),) if items else ()
    half = len(items) // 2
    return Leaf(items[:half]), Leaf(items[half:])


def branches(children: Sequence[Node[T]], lows: Sequence[T]) -> Sequence[Branch[T]]:
    """No, one or two branches of `children` with their `lows`."""
    if len(children) <= WIDTH:
        return (Branch(children, lows),) if children else ()
    half = len(children) // 2
    return Branch(children[:half], lows[:half]), Branch(children[half:], lows[half:])


def _parts(items: Sequence[Any]) -> list[Sequence[Any]]:
    # Three quarters full, so that the first insertions do not split every node.
    size = WIDTH * 3 // 4
    return [items[start : start + size] for start in range(0, len(items), size)]
