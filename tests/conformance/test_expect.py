"""The vocabulary of requirements."""

from collections.abc import Callable
from typing import Any

import pytest

from conformance import expect
from conformance.outcome import Breach

BROKEN: list[tuple[Callable[[], Any], str, str]] = [
    (lambda: expect.equal("n", 1, 2), "n 2", "1"),
    (lambda: expect.equal("n", True, 1), "n 1", "true"),
    (lambda: expect.one_of("s", "x", ("a", "b")), 's one of "a", "b"', "x"),
    (lambda: expect.includes("o", {"a": 1}, {"a": 2}), 'o with {"a": 2}', '{"a": 1}'),
    (lambda: expect.member("o", {"a": 1}, "b"), "o with a member `b`", '{"a": 1}'),
    (lambda: expect.text("t", ""), "t a string that is not empty", '""'),
    (lambda: expect.count("c", -1), "c a whole number from 0", "-1"),
    (lambda: expect.count("c", True), "c a whole number from 0", "true"),
    (lambda: expect.instant("t", 7), "t an RFC 3339 date and time with its offset", "7"),
]


@pytest.mark.parametrize(
    ("word", "expected", "got"), BROKEN, ids=[f"{got} for {expected}" for _, expected, got in BROKEN]
)
def test_a_breach_says_what_was_expected_and_got(word: Callable[[], Any], expected: str, got: str) -> None:
    """Each word that does not hold names the thing, what it should be and what it is."""
    with pytest.raises(Breach) as breach:
        word()

    assert (breach.value.expected, breach.value.got) == (expected, got)


@pytest.mark.parametrize(
    "text", ["2024-01-16T10:00:00Z", "2024-01-16T10:00:00.123456789+01:00", "2024-01-16t10:00:00z"]
)
def test_instants_have_every_form_of_the_rfc(text: str) -> None:
    """Any RFC 3339 form is a time, with any offset and precision."""
    assert expect.instant("time", text).tzinfo is not None


@pytest.mark.parametrize(
    "text", ["2024-01-16T10:00:00", "2024-01-16", "2024-13-16T10:00:00Z", "1705399200", None]
)
def test_other_forms_are_no_instants(text: Any) -> None:
    """A time without offset, without a time of day, or on no calendar is none."""
    assert expect.parsed_instant(text) is None


def test_what_settles_later_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A value is read until it is good, and the last one read is returned."""
    monkeypatch.setattr(expect, "PAUSE", 0)
    values = iter([1, 2, 3, 4])

    assert expect.settled(lambda: next(values), lambda value: value == 3) == 3


def test_pauses_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is only just late is not waited for long, and what is later is waited for as long as ever."""
    pauses: list[float] = []
    monkeypatch.setattr("conformance.expect.time.sleep", pauses.append)
    expect.settled(lambda: 0, bool)

    assert pauses == pytest.approx([0.025, 0.05, 0.1, 0.2, 0.4, 0.8])


def test_what_never_settles_is_returned_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a few attempts the value is what it is."""
    monkeypatch.setattr(expect, "PAUSE", 0)
    values = iter(range(99))

    assert expect.settled(lambda: next(values), lambda _: False) == expect.ATTEMPTS - 1
