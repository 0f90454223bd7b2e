"""Requests and replies in readable form."""

from conformance.timeline import LONGEST_BODY, Step, steps
from tests.conformance.samples import exchange


def test_repeated_requests_are_one_step() -> None:
    """Reading until something settles is told once, with how often."""
    read = exchange("GET", "/api/sessions", reply=b"[]")
    other = exchange("GET", "/api/sessions", reply=b"[1]")

    assert steps([read, read, other, read], {}) == (
        Step("GET", "/api/sessions", "", 200, "[]", 2),
        Step("GET", "/api/sessions", "", 200, "[1]"),
        Step("GET", "/api/sessions", "", 200, "[]"),
    )


def test_long_bodies_are_cut() -> None:
    """A step can be read; how long the body was is said."""
    (step,) = steps([exchange("GET", "/api/sessions", reply=b"x" * 5000)], {})

    assert step.reply == "x" * LONGEST_BODY + "... (5000 bytes)"
