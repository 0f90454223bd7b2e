"""A persistent sorted set: every change gives a new one that shares all but one path with the old one.

It is a B+ tree of immutable nodes: a copy or a snapshot is a reference, and a change costs the
logarithm of the size.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, Generic, Protocol, TypeAlias, TypeVar


class Ordered(Protocol):
    """What compares with its like."""

    def __lt__(self, other: Any, /) -> bool: ...


T = TypeVar("T", bound=Ordered)
Change: TypeAlias = tuple[T, bool]  # an item, and whether it is to be there
ITEM = itemgetter(0)  # of a change
# Wider nodes make changes copy more, narrower ones make the tree deeper: measured with 100,000 tuples.
WIDTH = 64
LEAST = WIDTH // 4


class Node(Protocol[T]):
    """A part of a tree; `lowest` is the least of the items in it."""

    @property
    def lowest(self) -> T: ...  # noqa: D102
    @property
    def width(self) -> int: ...  # noqa: D102

    def changed(self, changes: "Sequence[Change[T]]") -> "Sequence[Node[T]]":
        """What takes this node's place: one node, several where one would be too wide, or none."""

    def merge(self, right: Any) -> "Sequence[Node[T]]":
        """What takes the place of this node and its right neighbour, which is of the same kind."""

    def runs(self, low: T, high: T | None, descending: bool) -> Iterator[Sequence[T]]:
        """The items from `low` up to but not including `high` (None: to the end), in pieces."""


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

    def changed(self, changes: "Sequence[Change[T]]") -> "Sequence[Leaf[T]]":
        """See `Node`."""
        items = list(self.items)
        for item, stays in changes:
            place = bisect_left(items, item)
            is_there = items[place : place + 1] == [item]
            if stays and not is_there:
                items.insert(place, item)
            elif is_there and not stays:
                del items[place]
        return [Leaf(tuple(part)) for part in _parts(items, WIDTH)]

    def merge(self, right: "Leaf[T]") -> "Sequence[Leaf[T]]":
        """See `Node`."""
        return [Leaf(part) for part in _parts((*self.items, *right.items), WIDTH)]

    def runs(self, low: T, high: T | None, descending: bool) -> Iterator[Sequence[T]]:
        """See `Node`."""
        stop = None if high is None else bisect_left(self.items, high)
        found = self.items[bisect_left(self.items, low) : stop]
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

    def changed(self, changes: "Sequence[Change[T]]") -> "Sequence[Branch[T]]":
        """See `Node`."""
        children, lows, is_narrow = list(self.children), list(self.lows), False
        # From the right, so that places to the left keep meaning what they did.
        for place, group in reversed(tuple(self._groups(changes))):
            nodes = children[place].changed(group)
            children[place : place + 1] = nodes
            # Lows are carried over: asking every child again would be most of the cost of a change.
            lows[place : place + 1] = [node.lowest for node in nodes]
            is_narrow = is_narrow or any(node.width < LEAST for node in nodes)
        if is_narrow:
            children = _filled(children)
            lows = [child.lowest for child in children]
        parts = zip(_parts(children, WIDTH), _parts(lows, WIDTH), strict=True)
        return [Branch(tuple(nodes), tuple(those)) for nodes, those in parts]

    def merge(self, right: "Branch[T]") -> "Sequence[Branch[T]]":
        """See `Node`."""
        return [Branch.over(part) for part in _parts((*self.children, *right.children), WIDTH)]

    def runs(self, low: T, high: T | None, descending: bool) -> Iterator[Sequence[T]]:
        """See `Node`."""
        stop = None if high is None else bisect_left(self.lows, high)
        children = self.children[self._place(low) : stop]
        for child in reversed(children) if descending else children:
            yield from child.runs(low, high, descending)

    def _place(self, item: T) -> int:
        return max(bisect_right(self.lows, item) - 1, 0)

    def _groups(self, changes: "Sequence[Change[T]]") -> "Iterator[tuple[int, Sequence[Change[T]]]]":
        start, most = 0, len(changes)
        while start < most:
            place = self._place(changes[start][0])
            is_last = place + 1 == len(self.lows)
            stop = most if is_last else bisect_left(changes, self.lows[place + 1], start, key=ITEM)
            yield place, changes[start:stop]
            start = stop


class SortedSet(Generic[T]):
    """Items in order, each once. They must compare with each other."""

    __slots__ = ("_root",)

    def __init__(self, root: Node[T]) -> None:
        self._root = root

    @classmethod
    def of(cls, items: Iterable[T]) -> "SortedSet[T]":
        """A set of any items."""
        # Three quarters full, so that the first changes do not split every node.
        return cls(_grown([Leaf(tuple(part)) for part in _parts(sorted(set(items)), WIDTH * 3 // 4)]))

    def changed(self, changes: Mapping[T, bool]) -> "SortedSet[T]":
        """This set with the items that are to be in it (True), and without those that are not (False).

        Many at once cost much less than one by one, since they share the paths to them.
        """
        root = _grown(self._root.changed(sorted(changes.items(), key=ITEM)))
        while isinstance(root, Branch) and root.width == 1:
            root = root.children[0]
        return SortedSet(root)

    def between(self, low: T, high: T | None, *, descending: bool = False) -> Iterator[T]:
        """Items from `low` up to but not including `high` (None: to the end), in order or against it."""
        return chain.from_iterable(self._root.runs(low, high, descending))


def _grown(nodes: "Sequence[Node[T]]") -> "Node[T]":
    """The root of a tree over nodes of the same depth."""
    while len(nodes) > 1:
        nodes = [Branch.over(tuple(part)) for part in _parts(nodes, WIDTH * 3 // 4)]
    return nodes[0] if nodes else Leaf(())


def _filled(nodes: "list[Node[T]]") -> "list[Node[T]]":
    """Neighbours with the narrow ones among them merged."""
    filled: list[Node[T]] = []
    for node in nodes:
        is_wide = not filled or (node.width >= LEAST and filled[-1].width >= LEAST)
        filled[-1:] = [*filled[-1:], node] if is_wide else filled[-1].merge(node)
    return filled


def _parts(items: Sequence[Any], most: int) -> list[Sequence[Any]]:
    """As few parts of the same size as can be, with `most` items each."""
    if len(items) <= most:
        return [items] if items else []
    size = -(-len(items) // -(-len(items) // most))
    return [items[start : start + size] for start in range(0, len(items), size)]
