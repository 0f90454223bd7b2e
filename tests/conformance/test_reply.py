"""A reply with the expectations requirements have of it."""

import pytest

from conformance.apis.viben import SUITE
from conformance.exchange import Exchange
from conformance.held_off import HELD_OFF
from conformance.options import Options
from conformance.outcome import Breach, Inconclusive
from conformance.reply import Reply
from conformance.runner import run
from conformance.target import Target
from conformance.verdict import Verdict
from tests.foreign.viben import Answer, Viben, serving


def reply(status: int, *, collective: bool = False) -> Reply:
    """Return a reply with nothing but a status."""
    return Reply(Exchange("POST", "/api/sessions", (), None, status), collective)


@pytest.mark.parametrize("status", HELD_OFF)
def test_a_request_that_was_held_off_is_inconclusive(status: int) -> None:
    """Not paid, too often, out of service: that is neither success nor refusal of what was asked."""
    for expect in (
        reply(status).succeeded,
        reply(status).refused,
        lambda: reply(status).has_status(201, 404),
    ):
        with pytest.raises(Inconclusive, match=f"POST /api/sessions was held off with {status}"):
            expect()


@pytest.mark.parametrize("status", HELD_OFF)
def test_what_was_asked_for_is_an_answer(status: int) -> None:
    """Where a requirement speaks of the status itself, it is heard."""
    assert reply(status).has_status(status).status == status
    with pytest.raises(Breach):
        reply(201).has_status(status)


def test_a_refusal_may_name_its_own_statuses() -> None:
    """Where a limit is reached, 429 is a refusal, 503 is none."""
    assert reply(429).refused(402, 429).status == 429
    with pytest.raises(Breach, match="refused with 4xx, got 503"):
        reply(503).refused(503)


def test_a_conflict_with_anybody_is_inconclusive() -> None:
    """A creation may meet a limit that others have used up; it is refused, but not wrongly."""
    with pytest.raises(Inconclusive, match="held off with 409"):
        reply(409, collective=True).succeeded()
    assert reply(409, collective=True).refused().status == 409


def test_a_conflict_with_a_record_of_the_run_counts() -> None:
    """The state of one's own record is known, so 409 is wrong where it should be changed."""
    with pytest.raises(Breach, match="answered with 2xx, got 409"):
        reply(409).succeeded()


class Reluctant(Viben):
    """Answers only some requests, the others with one status."""

    status = 429
    every = 3
    asked = 0

    def answer(self, method: str, path: str, query: dict[str, str], body: object) -> Answer:
        """Hold off each of so many requests."""
        self.asked += 1
        if self.asked % self.every == 0:
            return self.status, {}
        return super().answer(method, path, query, body)


class Conflicting(Viben):
    """Takes no session, for it has too many."""

    def create(self, body: object) -> Answer:
        """Refuse what is well-formed."""
        made = super().create(body)
        return (409, {"message": "too many sessions"}) if made[0] == 200 else made


@pytest.mark.parametrize("status", HELD_OFF)
def test_a_server_that_holds_requests_off_is_not_accused(status: int) -> None:
    """Every third request is put off, and no scripted requirement fails for it."""
    server = Reluctant()
    server.status = status
    assert scripted_failures(server) == []


def test_a_server_that_takes_no_sessions_is_not_accused() -> None:
    """Every creation meets a conflict; what needs a session is inconclusive."""
    assert scripted_failures(Conflicting()) == []


def scripted_failures(server: Viben) -> list[tuple[str, str]]:
    """Examine a server by the scripted requirements, and return what fails."""
    scripted = tuple(each.id for each in SUITE.requirements if each.check)
    with serving(server) as url:
        report = run(SUITE, Target(url), Options(only=scripted, quick=True))
    return [(each.requirement.id, each.reason) for each in report.results if each.verdict is Verdict.FAIL]
