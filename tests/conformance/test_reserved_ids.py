"""Generated requests to an honest server whose ids hold what has a meaning in a URL."""

from typing import Any
from urllib.parse import unquote

import pytest

from conformance import curl
from conformance.apis.viben import SUITE
from conformance.options import Options
from conformance.reducing import paired, renamed
from conformance.runner import run
from conformance.target import Target
from conformance.verdict import Verdict
from tests.conformance.samples import exchange
from tests.foreign.viben import Answer, Viben, serving

GENERATED = ("VIBEN-SCHEMA-01", "VIBEN-SERVER-ERROR-01", "VIBEN-STATEFUL-01")


class Reserved(Viben):
    """Numbers its sessions in a form with reserved characters, reads ids decoded, has no other paths."""

    form = "a/b?#%41[{}] +%2e"

    def next_id(self) -> str:
        """Return the next number in that form."""
        return self.form.format(super().next_id())

    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> Answer:
        """Answer for the decoded path; 404 where there is nothing."""
        steps = path.split("/")
        if len(steps) > 3 and unquote(steps[3]) in self.sessions:
            return self.one(method, steps[4:], self.sessions[unquote(steps[3])], body)
        status, found = super().answer(method, path, query, body)
        return (404, {"error": "no such thing"}) if status in (410, 501) else (status, found)


@pytest.mark.parametrize("quick", [True, pytest.param(False, marks=pytest.mark.deep)])
def test_an_honest_server_may_use_any_characters_in_ids(quick: bool) -> None:
    """Whatever an id holds is one step of a path: nothing is held back, and nothing is held against it."""
    server = Reserved()
    with serving(server) as url:
        report = run(SUITE, Target(url), Options(quick=quick, only=GENERATED))

    assert [(each.verdict, each.reason) for each in report.results] == [(Verdict.PASS, "")] * len(GENERATED)
    assert server.sessions == {}


def test_a_script_writes_such_ids_as_one_step() -> None:
    """The id out of a reply is encoded for the path of the next line."""
    steps = [exchange("POST", "/s", b"{}", b'{"id": "a/b?1"}'), exchange("GET", "/s/a%2Fb%3F1")]

    _, first, second = curl.script("http://127.0.0.1:9000", steps, {})

    assert first.endswith("| jq -r '.id|@uri')")
    assert second == 'curl -sS -i "$BASE_URL"/s/"${id}"'


def test_a_replay_names_such_ids_as_they_are_now() -> None:
    """What a reply named then is named now, encoded in paths and as it is in bodies."""
    then, now = (exchange("POST", "/s", b"", f'{{"id": "a/{each}"}}'.encode()) for each in "12")

    again = renamed(exchange("PUT", "/s/a%2F1/x", b'["a/1"]'), paired(then, now))

    assert (again.target, again.body) == ("/s/a%2F2/x", b'["a/2"]')
