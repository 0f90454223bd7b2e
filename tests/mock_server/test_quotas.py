"""Tests of `mock_server.quotas`: who may send how many requests in which window."""

from datetime import UTC, datetime, timedelta

import pytest

from mock_server.quotas import MOST_QUOTAS, Quota, Quotas, TooManyQuotas

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def taken(quotas: Quotas, caller: str = "owner", after: float = 0, operation: str = "get_session") -> bool:
    """Whether a request of this caller, so many seconds after noon, is within every quota."""
    return quotas.take("viben", operation, caller, NOON + timedelta(seconds=after)) is None


def test_each_caller_has_a_window_of_its_own() -> None:
    """What one caller used up is still there for another."""
    quotas = Quotas()
    quotas.add(Quota(limit=1, seconds=60))

    assert [taken(quotas), taken(quotas), taken(quotas, "member")] == [True, False, True]


def test_a_window_begins_with_the_first_request() -> None:
    """It ends so many seconds after that, and the next request begins another."""
    quotas = Quotas()
    quotas.add(Quota(limit=1, seconds=60))

    assert [taken(quotas, after=after) for after in (30, 89.9, 90, 149.9, 150)] == [
        *(True, False),
        *(True, False),
        True,
    ]


def test_a_refused_request_says_when_to_come_again() -> None:
    """`Retry-After` is whole seconds, rounded up, and never 0."""
    quotas = Quotas()
    quotas.add(Quota(limit=0, seconds=60))
    quotas.take("viben", "get_session", "owner", NOON)
    late = quotas.take("viben", "get_session", "owner", NOON + timedelta(seconds=59.5))

    assert late is not None
    assert late.headers["Retry-After"] == "1"
    assert late.headers["X-RateLimit-Remaining"] == "0"


def test_a_quota_is_for_its_operation_only() -> None:
    """Other operations do not count."""
    quotas = Quotas()
    quotas.add(Quota(limit=0, seconds=60, api="viben", operation="list_sessions"))

    assert taken(quotas)
    assert not taken(quotas, operation="list_sessions")


def test_quotas_are_bounded() -> None:
    """Nobody fills memory with quotas."""
    quotas = Quotas()
    for _ in range(MOST_QUOTAS):
        quotas.add(Quota(limit=1, seconds=1))

    with pytest.raises(TooManyQuotas):
        quotas.add(Quota(limit=1, seconds=1))
