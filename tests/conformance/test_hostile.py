"""Whatever answers at the address, a run ends in time with a verdict that accuses nobody wrongly."""

import json
from typing import Any

import pytest

from conformance.apis.viben import SUITE
from conformance.options import Options
from conformance.result import Report
from conformance.runner import run
from conformance.target import Actor, Connection, Limits, Target
from conformance.verdict import Verdict
from tests.foreign import hostile
from tests.foreign.viben import Answer, Record, Viben, serving

QUICK = Options(quick=True)


def judged(url: str, patience: float = 0.5, **more: object) -> Report:
    """Examine whatever is there, with little patience unless it answers in earnest."""
    target = Target(url, connection=Connection(timeout=patience), limits=Limits(max_time=20), **more)  # type: ignore[arg-type]
    return run(SUITE, target, QUICK)


def reasons(report: Report) -> set[str]:
    """Return why requirements are in error, having checked that all of them are."""
    assert {each.verdict for each in report.results} == {Verdict.ERROR}
    assert report.exit_status == 2
    return {each.reason for each in report.results}


NOT_THERE: list[tuple[str, hostile.Speak, str]] = [
    ("silence", hostile.silence, "cannot be reached"),
    ("reset", hostile.reset, "cannot be reached"),
    ("garbage", hostile.garbage, "cannot be reached"),
    ("endless", hostile.endless, "cannot be reached"),
    ("slow", hostile.slow, "had not ended in time"),
    ("dripping", hostile.dripping, "had not ended in time"),
    ("announcing", hostile.announcing, "had not ended in time"),
    ("page", hostile.answer("200 OK", b"<html>hello</html>", "Content-Type: text/html"), "a web page (200)"),
    (
        "elsewhere",
        hostile.answer("301 Moved", b"", "Location: http://a.example/"),
        "leads elsewhere (http://a",
    ),
    ("gateway", hostile.answer("502 Bad Gateway", b"oops"), "not in service"),
    ("another API", hostile.answer("404 Not Found", b"{}"), "404: base_url does not lead to the API"),
    ("other methods", hostile.answer("405 Method Not Allowed", b"{}"), "405: base_url does not lead"),
    ("moved out", hostile.answer("410 Gone", b"{}"), "410: base_url does not lead"),
    ("no such thing", hostile.answer("501 Not Implemented", b"{}"), "501: base_url does not lead"),
    ("login", hostile.answer("401 Unauthorized", b"{}"), "wants credentials that this API does not know"),
    ("quota", hostile.answer("429 Too Many Requests", b"{}"), "takes no more requests for now"),
    (
        "mislabelled page",
        hostile.answer("200 OK", b"\n<!DOCTYPE html><p>hello", "Content-Type: application/json"),
        "a web page (200)",
    ),
]


@pytest.mark.parametrize(
    ("speak", "reason"), [each[1:] for each in NOT_THERE], ids=[each[0] for each in NOT_THERE]
)
def test_what_is_no_deployment_is_said_once(speak: hostile.Speak, reason: str) -> None:
    """No requirement is examined; the one reason stands at each of them, and no promise counts as broken."""
    with hostile.speaking(speak) as url:
        found = reasons(judged(url))

    assert len(found) == 1
    assert reason in found.pop()


def test_nobody_listening_is_an_error() -> None:
    """An address where nothing listens is named."""
    assert "ConnectError" in reasons(judged("http://127.0.0.1:9")).pop()


def test_plain_http_where_tls_is_expected_is_an_error() -> None:
    """A failure of TLS is named, not taken for a broken promise."""
    with hostile.speaking(hostile.garbage) as url:
        assert "SSL" in reasons(judged(url.replace("http:", "https:"))).pop()


def test_credentials_that_are_not_accepted_are_named() -> None:
    """401 for the owner means that we lack rights."""
    speak = hostile.answer("401 Unauthorized", b"{}", "Content-Type: application/json")
    with hostile.speaking(speak) as url:
        found = reasons(judged(url, actors={"owner": Actor("owner", "s3cret-token")}))

    assert "credentials of `owner` are not accepted" in found.pop()


@pytest.mark.parametrize("body", [b"\xff\xfe", b'"\\ud800"', b'{"error": "no"}'])
def test_odd_bodies_break_promises_and_nothing_else(body: bytes) -> None:
    """Broken text, a text for an object, an error with 200: a verdict, never a fault of the suite."""
    speak = hostile.answer("200 OK", body, "Content-Type: application/json")
    with hostile.speaking(speak) as url:
        report = judged(url, patience=15)

    scripted = [each for each in report.results if each.requirement.check]
    assert [each.reason for each in scripted if each.verdict is Verdict.ERROR] == []
    assert report.exit_status == 1


class Extravagant(Viben):
    """Shows more of each session than others can read."""

    def __init__(self, extra: bytes) -> None:
        super().__init__()
        self.extra = extra

    def one(self, method: str, rest: list[str], session: Record, body: Any) -> Answer:
        """Add a field to what is shown of a session."""
        status, found = super().one(method, rest, session, body)
        shown = (method, rest) == ("GET", [])
        return status, json.dumps(found).encode()[
            :-1
        ] + b', "extra": ' + self.extra + b"}" if shown else found


BEYOND = {
    "digits": (b"9" * 5000, "it holds a whole number of more than 4300 digits"),
    "depth": (b"[" * 100_000 + b"]" * 100_000, "it is nested more than 200 levels deep"),
    "less depth": (b"[" * 201 + b"]" * 201, "it is nested more than 200 levels deep"),
}


@pytest.mark.parametrize(("extra", "reason"), BEYOND.values(), ids=BEYOND)
def test_what_cannot_be_read_here_is_an_error(extra: bytes, reason: str) -> None:
    """JSON beyond the limits of the reader breaks no promise: nothing fails, by script or generator."""
    with serving(Extravagant(extra)) as url:
        report = run(SUITE, Target(url), Options(quick=True, only=("VIBEN-GET-01", "VIBEN-SCHEMA-01")))

    assert [each.verdict for each in report.results] == [Verdict.ERROR, Verdict.ERROR]
    assert all(f": the reply cannot be read here: {reason}" in each.reason for each in report.results)
    assert not any("Network" in each.reason for each in report.results)


class Dying(Viben):
    """Hangs up for good after some requests."""

    left = 40

    def answer(self, method: str, path: str, query: dict[str, str], body: object) -> Answer:
        """Answer as long as it lives."""
        self.left -= 1
        if self.left < 0:
            raise ConnectionAbortedError
        return super().answer(method, path, query, body)


class Leaving(Dying):
    """Leaves its address to something else after some requests."""

    def __init__(self, left: int, status: int, body: object) -> None:
        super().__init__()
        self.left, self.last = left, (status, body)

    def answer(self, method: str, path: str, query: dict[str, str], body: object) -> Answer:
        """Answer as long as it is there."""
        try:
            return super().answer(method, path, query, body)
        except ConnectionAbortedError:
            return self.last


INSTEAD: dict[str, Answer] = {
    "expired": (401, {"error": "expired"}),
    "elsewhere": (404, {"error": "no such path"}),
    "redirect": (302, b""),
    "quota": (429, {"error": "quota"}),
    "gateway": (502, b"<html>bad gateway</html>"),
    "login": (200, b"<!doctype html><p>log in"),
}


@pytest.mark.parametrize("left", [40, 120])
@pytest.mark.parametrize("answer", INSTEAD.values(), ids=INSTEAD)
def test_what_answers_in_the_place_of_a_server_accuses_nobody(answer: Answer, left: int) -> None:
    """In the middle of the scripts or of the generator: what came from somebody else is an error."""
    with serving(Leaving(left, *answer)) as url:
        report = judged(url, patience=5)

    verdicts = [each.verdict for each in report.results]
    assert Verdict.FAIL not in verdicts
    assert verdicts[0] is Verdict.PASS
    assert report.exit_status == 2
    assert "has stopped answering" in report.results[-1].reason


def test_a_server_that_dies_half_way_is_not_accused() -> None:
    """What was judged before stays judged; the rest is in error, with the reason."""
    with serving(Dying()) as url:
        report = judged(url)

    verdicts = [each.verdict for each in report.results]
    assert Verdict.FAIL not in verdicts
    assert verdicts[0] is Verdict.PASS
    assert "has stopped answering" in report.results[-1].reason


def test_a_certificate_that_nobody_vouches_for_is_an_error() -> None:
    """The reason names what is wrong with it, so that the target file can name its authority."""
    with hostile.speaking(hostile.answer("200 OK", b"{}"), hostile.certified()) as url:
        assert "certificate verify failed" in reasons(judged(url, patience=5)).pop()
