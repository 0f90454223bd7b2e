"""Creations of which the run does not learn what they made: nothing of it is kept quiet."""

import re

import pytest

from conformance.apis.viben import SUITE
from conformance.creations import of
from conformance.exchange import Exchange
from conformance.options import Options
from conformance.runner import run
from conformance.target import Actor, Target
from conformance.tidying import MOST_NAMED
from tests.foreign.viben import Answer, Viben, serving

READER = of("/api", SUITE.contract())
SECRET = "s3cret-of-the-owner"


class Lossy(Viben):
    """Carries out every second creation without an answer."""

    lost = 0
    turn = 0

    def create(self, body: object) -> Answer:
        """Make a session, and say so every other time."""
        status, made = super().create(body)
        self.turn += 1
        if status == 200 and self.turn % 2:
            self.lost += 1
            raise ConnectionAbortedError
        return status, made


@pytest.mark.parametrize(
    ("method", "path", "status", "reply", "unnamed"),
    [
        ("POST", "/api/sessions", 0, b"", True),
        ("POST", "/api/sessions", 504, b"<html>", True),
        ("POST", "/api/sessions", 201, b"", True),
        ("POST", "/api/sessions", 201, b'{"data": {"id": ".."}}', True),
        ("POST", "/api/sessions", 201, b'[{"id": 1}, {"id": "."}]', True),
        ("POST", "/api/sessions", 201, b'{"data": {"id": "a"}}', False),
        ("POST", "/api/sessions", 422, b"", False),
        ("POST", "/api/sessions", 500, b"", False),
        ("POST", "/api/sessions/1/message", 0, b"", False),
        ("DELETE", "/api/sessions/1", 0, b"", False),
    ],
)
def test_what_may_have_been_created_is_recognised(
    method: str, path: str, status: int, reply: bytes, unnamed: bool
) -> None:
    """No reply, that of a gateway, or a success without an id that a request could name; no refusal."""
    assert READER.unnamed(Exchange(method, path, (), b"{}", status, (), reply)) is unnamed


def test_creations_without_a_reply_are_left_behind_by_name() -> None:
    """How many there are and what each was made with stands in the report, without a credential; what is
    certainly the run's is found and deleted, but nothing whose agent, a credential, could not be noted.
    """
    server = Lossy()
    with serving(server) as url:
        target = Target(url, actors={"owner": Actor("owner", SECRET)}, settings={"agent_id": SECRET})
        report = run(SUITE, target, Options(quick=True, only=("VIBEN-CREATE-*",)))

    (residue,) = report.residue
    left = [each["agent_id"] for each in server.sessions.values()]
    assert set(left) == {SECRET}
    assert 1 < len(left) < server.lost
    assert residue.path == "POST /api/sessions"
    told = re.match(
        rf"{len(left)} creations got no reply with a usable id: .* made with (.*)", residue.reason
    )
    assert told is not None
    assert 1 < len(told[1].split("; ")) <= min(len(left), MOST_NAMED)
    assert SECRET not in residue.reason
