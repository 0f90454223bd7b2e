"""The look at the target before a run: whose credentials are known."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

import openapi
from conformance import probe
from conformance.client import Http, connect
from conformance.target import Actor, Target
from tests.foreign.zipf import Answer, Zipf, serving

CONTRACT = openapi.load("zipf")
KNOWN = ("wvr_anna", "wvr_otto")


class Forbidding(Zipf):
    """Answers a token that it does not know with 403, and so too whoever may not list sessions."""

    unknown, unwelcome = "forbidden", "your organisation may not list sessions"
    asked = 0

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, user: str) -> Answer:
        """Answer the owner as ever."""
        self.asked += 1
        if user == "wvr_anna":
            return super().answer(method, path, query, body, user)
        return 403, {"error": self.unwelcome if user in KNOWN else self.unknown}


class Numbering(Forbidding):
    """Gives each refusal a number of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: Iterator[int] = itertools.count(7001)

    def answer(self, *given: Any) -> Answer:
        """Number the refusal."""
        status, said = super().answer(*given)
        return status, {**said, "trace": f"t-{next(self.numbers)}"} if status == 403 else said


def shut_out(server: Zipf, token: str) -> dict[str, str]:
    """Return who is shut out of a server, of the outsider with this token alone."""
    with serving(server) as url:
        actors = {"owner": Actor("owner", "wvr_anna"), "outsider": Actor("outsider", token)}
        target = Target(url, actors=actors)
        with connect(target) as connection:
            return probe.shut_out(Http(target, connection, "/api/v1"), CONTRACT, ["outsider"])


@pytest.mark.parametrize("server", [Forbidding(), Numbering()])
def test_a_token_that_nobody_has_is_no_honest_refusal(server: Zipf) -> None:
    """Who is refused word for word as a made-up token is, may be nobody at all."""
    said = shut_out(server, "wvr_nobody")["outsider"]

    assert said.startswith("GET /api/v1/sessions was answered with 403, and so is a token that nobody has")
    assert "`outsider`" in said


@pytest.mark.parametrize("server", [Forbidding(), Numbering()])
def test_who_is_known_and_refused_is_not_shut_out(server: Zipf) -> None:
    """A refusal in other words than those for a made-up token shows that the token is known."""
    assert shut_out(server, "wvr_otto") == {}


def test_who_is_let_in_is_asked_once() -> None:
    """Made-up tokens are tried only where somebody was refused."""
    server = Forbidding()

    assert shut_out(server, "wvr_anna") == {}
    assert server.asked == 1


def test_a_made_up_token_looks_like_the_one_it_stands_for() -> None:
    """It begins alike and is as long, so that it is not refused for its form; no two are the same."""
    first, second = (probe.made_up("wvr_9Zab-3xyz", number) for number in (1, 2))

    assert (first, second) == ("wvr_9Zbc-4yza", "wvr_9Zcd-5zab")
