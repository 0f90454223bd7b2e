"""The persistent sorted set, against a plain list."""

from hypothesis import given
from hypothesis import strategies as st

from mock_server.store.sorted_set import WIDTH, Branch, Leaf, Node, SortedSet

NUMBERS = st.integers(0, 400)
SOME = st.lists(NUMBERS, max_size=400)
EVERYTHING = (-1, 1000)


def listed(numbers: SortedSet[int]) -> list[int]:
    """Everything in the set."""
    return list(numbers.between(*EVERYTHING))


@given(SOME, st.lists(st.dictionaries(NUMBERS, st.booleans(), max_size=100), max_size=10))
def test_it_holds_what_was_put_in_and_not_taken_out(there: list[int], changes: list[dict[int, bool]]) -> None:
    """Changes in any order, one by one or many at once, give what they give in a set."""
    numbers, model = SortedSet.of(there), set(there)
    for each in changes:
        numbers = numbers.changed(each)
        model = (model | {n for n, stays in each.items() if stays}) - {n for n, s in each.items() if not s}

        assert listed(numbers) == sorted(model)


@given(SOME, NUMBERS, NUMBERS)
def test_a_range_is_found_in_both_directions(there: list[int], low: int, high: int) -> None:
    """The lower bound is in the range, the upper one is not."""
    numbers = SortedSet.of(there)
    expected = sorted(number for number in set(there) if low <= number < high)

    assert list(numbers.between(low, high)) == expected
    assert list(numbers.between(low, high, descending=True)) == expected[::-1]
    assert list(numbers.between(low, None)) == sorted(number for number in set(there) if low <= number)


@given(SOME, SOME, SOME)
def test_an_old_set_stays_what_it_was(there: list[int], added: list[int], removed: list[int]) -> None:
    """A change gives a new set; whoever reads the old one, even half-way, notices nothing."""
    old = SortedSet.of(there)
    reading = old.between(*EVERYTHING)
    old.changed(dict.fromkeys(added, True)).changed(dict.fromkeys(removed, False))

    assert list(reading) == listed(old) == sorted(set(there))


def test_what_is_there_is_not_inserted_twice() -> None:
    """Each item is in the set once."""
    assert listed(SortedSet.of([1]).changed({1: True})) == [1]


def test_growing_and_shrinking_keeps_nodes_filled() -> None:
    """After many removals no path is longer, and no node emptier, than what is left needs."""
    numbers = SortedSet.of(range(20_000))
    for number in range(20_000):
        if number % 100:
            numbers = numbers.changed({number: False})

    assert depth(numbers._root) == 2  # noqa: SLF001
    assert all(width <= WIDTH for width in widths(numbers._root))  # noqa: SLF001
    assert min(widths(numbers._root)) >= 2  # noqa: SLF001


def depth(node: Node[int]) -> int:
    """How many nodes lie on a path."""
    return 1 if isinstance(node, Leaf) else 1 + depth(children(node)[0])


def widths(node: Node[int]) -> list[int]:
    """The width of every node."""
    below = [] if isinstance(node, Leaf) else [width for child in children(node) for width in widths(child)]
    return [node.width, *below]


def children(node: Node[int]) -> list[Node[int]]:
    """The nodes below a branch."""
    assert isinstance(node, Branch)
    return list(node.children)
