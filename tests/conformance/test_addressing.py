"""Ids out of replies that would lead a request elsewhere than to the record."""

import pytest

from conformance.addressing import as_id, is_direct, names_a_record, segment
from conformance.apis.viben import SUITE
from conformance.client import Http, connect
from conformance.creations import ids
from conformance.options import Options
from conformance.outcome import Inconclusive
from conformance.runner import run
from conformance.target import Target
from tests.foreign.viben import Answer, Viben, serving

HOSTILE = ["", ".", "..", "\ud800"]
ELSEWHERE = {"", "api", "api/message", "api/sessions", "api/sessions/message"}
FEW = Options(quick=True, only=("VIBEN-[CDU]*", "VIBEN-SCHEMA-01"))


class Named(Viben):
    """Calls every new session the same, and notes what was to be changed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.changes: set[str] = set()

    def answer(self, method: str, path: str, query: dict[str, str], body: object) -> Answer:
        """Note the path of a change."""
        if method in ("PATCH", "DELETE") or path.endswith("/message"):
            self.changes.add(path.strip("/").replace("//", "/"))
        return super().answer(method, path, query, body)

    def next_id(self) -> str:
        """Return the one id there is."""
        return self.name


@pytest.mark.parametrize(
    ("path", "direct"),
    [
        ("/sessions", True),
        ("/sessions/a%2F..%2Fb", True),
        ("/sessions/...", True),
        ("/sessions/%252e", True),
        ("/sessions/", False),
        ("/sessions//message", False),
        ("/sessions/.", False),
        ("/sessions/../message", False),
        ("/sessions/%2E%2e", False),
        ("/sessions/?scope=all", False),
        ("/sessions/.#here", False),
        ("/sessions/\ud800", False),
        (f"/sessions/{segment(chr(0xD800))}", False),
    ],
)
def test_a_direct_path_arrives_as_it_is_written(path: str, direct: bool) -> None:
    """Dots alone and empty steps lead elsewhere, also in disguise; dots inside of an id do not."""
    assert is_direct(path) is direct


@pytest.mark.parametrize("id_", HOSTILE)
def test_ids_that_lead_elsewhere_name_no_record(id_: str) -> None:
    """Such an id is passed over where creations are read."""
    assert not names_a_record(id_)
    assert list(ids([{"id": id_}, {"id": "a.b"}])) == ["a.b"]


def test_a_request_that_would_lead_elsewhere_is_not_sent() -> None:
    """It ends the examination without a verdict; whoever listens hears nothing."""
    target = Target("http://127.0.0.1:9")
    with connect(target) as connection, pytest.raises(Inconclusive, match="not sent"):
        Http(target, connection, "/api").request("DELETE", "/sessions/..")


@pytest.mark.parametrize("id_", HOSTILE)
def test_a_hostile_id_changes_neither_the_collection_nor_what_is_above(id_: str) -> None:
    """Whatever id a deployment hands out, the run comes to its end, and no change reaches anything else."""
    server = Named(id_)
    with serving(server) as url:
        report = run(SUITE, Target(url), FEW)

    assert server.changes.isdisjoint(ELSEWHERE)
    assert report.exit_status == 1
    assert [each.path for each in report.residue] == ["POST /api/sessions"]


@pytest.mark.parametrize(
    ("value", "id_"), [("a", "a"), (7, "7"), ("", ""), (True, None), (None, None), (1.5, None), ([], None)]
)
def test_an_id_of_a_reply_is_a_text_or_a_whole_number(value: object, id_: str | None) -> None:
    """A truth value is no number here, though Python takes it for one."""
    assert as_id(value) == id_
