"""Delta debugging: long sequences become the few requests that matter, with the ids of the replay."""

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from conformance.apis.viben import SUITE
from conformance.exchange import Exchange
from conformance.options import Options
from conformance.reducing import PROVEN, Reducer, looks_like, paired, renamed
from conformance.runner import run
from conformance.target import Target
from conformance.verdict import Verdict
from tests.foreign.viben import Answer, Record, Viben, serving


class Counter:
    """A made-up server: `POST /n` makes an id, `GET /n/<id>` shows it, with an error after `PUT /switch`."""

    def __init__(self) -> None:
        self.ids = count(100)
        self.broken = False

    def __call__(self, request: Exchange) -> Exchange:
        """Answer."""
        status, reply = 200, {"id": f"n-{next(self.ids)}"} if request.method == "POST" else {"value": 1}
        self.broken = self.broken or request.method == "PUT"
        if self.broken and request.method == "GET":
            status, reply = 500, {"error": "oops"}
        return replace(request, status=status, reply_body=json.dumps(reply).encode())


def recorded(server: Counter) -> tuple[Exchange, ...]:
    """Return what a long session with the server looked like."""
    made = server(Exchange("POST", "/n", (), b"{}"))
    one = f"/n/{made.reply_json()['id']}"
    rest = [("GET", one), ("GET", "/"), ("PUT", "/switch"), ("POST", "/n"), ("DELETE", "/x"), ("GET", one)]
    return (made, *(server(Exchange(method, target, (), None)) for method, target in rest))


def test_only_what_matters_is_left() -> None:
    """Of seven requests three show the failure: who gave an id that is used stays."""
    steps = recorded(Counter())

    def send(request: Exchange) -> Exchange:
        return server(request)

    server = Counter()

    def shows(done: Sequence[Exchange]) -> bool:
        nonlocal server
        shown = server.broken and looks_like(steps[-1])(done)
        server = Counter()
        return shown

    found = Reducer(send, shows).shortest(steps)

    assert found is not None
    assert [each.method for each in found] == ["POST", "PUT", "GET"]


def test_ids_are_those_of_the_replay() -> None:
    """What a reply named then is named now in target and body."""
    then = Exchange("POST", "/n", (), None, 200, (), b'{"id": "n-1", "other": 1}')
    now = Exchange("POST", "/n", (), None, 200, (), b'{"id": "n-2", "other": 1}')

    again = renamed(Exchange("PUT", "/n/n-1/x?y=n-12", (), b'{"to": "n-1"}'), paired(then, now))

    assert (again.target, again.body) == ("/n/n-2/x?y=n-12", b'{"to": "n-2"}')


def test_what_does_not_show_again_is_not_proven() -> None:
    """A failure that comes and goes is told as it was recorded."""
    assert Reducer(Counter(), lambda _: False).shortest(recorded(Counter())) is None


class Renaming(Viben):
    """Gives a session to another agent with its second message."""

    def message(self, session: Record, body: object) -> Answer:
        """Take a message."""
        if session["message_count"] >= 2:
            session["agent_id"] = "GEMINI"
        return super().message(session, body)


def test_a_violation_of_the_model_is_proven_by_its_shortest_sequence() -> None:
    """Creation, two messages and the read: nothing else is in the script."""
    with serving(Renaming()) as url:
        report = run(SUITE, Target(url), Options(only=("VIBEN-GET-01", "VIBEN-MESSAGE-04")))

    result = next(each for each in report.results if each.requirement.id == "VIBEN-GET-01")
    assert result.verdict is Verdict.FAIL
    assert result.reproduce[0] == PROVEN
    assert len(result.reproduce) == 6
    assert report.residue == ()
