"""Tests of `mock_server.faults`: which requests a fault strikes."""

import pytest

from mock_server.draw import Draw
from mock_server.faults import MOST_FAULTS, Delay, Fault, Faults, TooManyFaults

DRAW = Draw(42)


class Time:
    """A clock for tests, which stands until somebody moves it."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def strikes(faults: Faults, count: int, draw: Draw = DRAW) -> list[bool]:
    """Which of `count` requests are struck."""
    return [faults.strike(draw, "viben", "get_session") is not None for _ in range(count)]


@pytest.mark.parametrize(
    ("fault", "is_struck"),
    [
        (Fault(), True),
        (Fault(api="viben"), True),
        (Fault(api="viben", operation="get_session"), True),
        (Fault(api="another"), False),
        (Fault(operation="list_sessions"), False),
        (Fault(probability=0.0), False),
    ],
    ids=str,
)
def test_a_fault_strikes_what_it_is_for(fault: Fault, *, is_struck: bool) -> None:
    """API and operation narrow a fault down; empty means any."""
    faults = Faults()
    faults.plant(fault)

    assert strikes(faults, 1) == [is_struck]


def test_a_fault_can_strike_the_first_ones_only() -> None:
    """After its first N requests a fault is spent, and the next one gets its turn."""
    faults = Faults()
    faults.plant(Fault(first=2, status=503))
    faults.plant(Fault(first=1, status=500))

    assert strikes(faults, 4) == [True, True, True, False]


def test_chance_is_the_same_in_every_run() -> None:
    """With the same seed the same requests are struck, with another seed other ones, about as many."""
    runs = []
    for seed in (42, 42, 43):
        faults = Faults()
        faults.plant(Fault(probability=0.5))
        runs.append(strikes(faults, 200, Draw(seed)))

    assert runs[0] == runs[1] != runs[2]
    assert 70 < sum(runs[0]) < 130


def test_a_fault_ends_with_its_time_to_live() -> None:
    """A forgotten fault does not spoil the next day's tests."""
    clock = Time()
    faults = Faults(clock)
    faults.plant(Fault(ttl=10))

    clock.now = 9.0
    assert strikes(faults, 1) == [True]
    clock.now = 10.0
    assert strikes(faults, 1) == [False]
    assert not faults.planted


def test_faults_are_bounded() -> None:
    """Nobody fills memory with faults."""
    faults = Faults()
    for _ in range(MOST_FAULTS):
        faults.plant(Fault())

    with pytest.raises(TooManyFaults):
        faults.plant(Fault())


def test_a_fault_is_removed_by_its_number() -> None:
    """One fault goes, the others stay; a number is not given twice."""
    faults = Faults()
    first, second = faults.plant(Fault()), faults.plant(Fault())

    assert faults.remove(first.number)
    assert not faults.remove(first.number)
    assert [each.number for each in faults.planted] == [second.number]
    assert faults.plant(Fault()).number == 3


def test_a_delay_lies_between_its_bounds() -> None:
    """The low bound belongs to the number 0, the high one to 1."""
    delay = Delay(0.1, 0.3)

    assert (delay.seconds(0.0), delay.seconds(1.0)) == (0.1, 0.3)
