"""What a run may still send."""

import time

import pytest

from conformance.budget import Budget
from conformance.outcome import BudgetSpent, Skip


def test_no_request_is_sent_beyond_the_number() -> None:
    """The request after the last one allowed is refused with the reason."""
    budget = Budget(max_requests=2)
    budget.spend()
    budget.spend()

    with pytest.raises(BudgetSpent, match="budget of 2 requests"):
        budget.spend()


def test_no_request_is_sent_after_the_time() -> None:
    """When the time is over nothing more is sent."""
    with pytest.raises(BudgetSpent, match="time of 5 s"):
        Budget(max_time=5, started=time.monotonic() - 6).spend()


def test_the_pace_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """At ten a second, three requests at once wait for their turns."""
    waits: list[float] = []
    monkeypatch.setattr(time, "monotonic", lambda: 100.0)
    monkeypatch.setattr(time, "sleep", waits.append)
    budget = Budget(rate=10)

    for _ in range(3):
        budget.spend()

    assert waits == pytest.approx([0.0, 0.1, 0.2])


def test_what_comes_on_top_is_counted_and_keeps_the_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cleaning up is not held back by the number, waits for its turns and counts among what was sent."""
    waits: list[float] = []
    monkeypatch.setattr(time, "monotonic", lambda: 100.0)
    monkeypatch.setattr(time, "sleep", waits.append)
    budget = Budget(max_requests=1, rate=10)

    budget.spend()
    budget.aside().spend()
    budget.aside().aside().spend()

    assert (budget.spent, budget.sent) == (1, 3)
    assert waits == pytest.approx([0.0, 0.1, 0.2])


def test_credits_are_paid_up_to_the_allowance() -> None:
    """What would cost more than the run may spend is not asked for, and nothing without an allowance."""
    budget = Budget(credits=3)
    budget.pay(2)

    with pytest.raises(BudgetSpent, match="allowance of 3 credits"):
        budget.pay(2)
    with pytest.raises(Skip, match=r"limits\.credits"):
        Budget(credits=0).pay(1)
