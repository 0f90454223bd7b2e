"""The life of sessions: creation, changes, completion, archiving, deletion, limits."""

import pytest

from tests.mock_server.apis.zipf.callers import Callers, refusal


def test_a_session_begins_active_with_its_defaults(zipf: Callers) -> None:
    """Only the name has to be given; the configuration is true, true, true and without a limit."""
    session = zipf.post("/sessions", {"name": "AI Research"})["session"]

    assert (session["status"], session["description"], session["metadata"]) == ("active", None, {})
    assert session["session_config"] == {
        "auto_deduplicate": True,
        "accumulate_context": True,
        "use_session_context": True,
        "max_operations": None,
    }


@pytest.mark.parametrize(
    "intent",
    [
        "competitive_analysis",
        "due_diligence",
        "technical_evaluation",
        "market_research",
        "academic_research",
        "news_monitoring",
        "lead_generation",
    ],
)
def test_every_intent_is_taken(zipf: Callers, intent: str) -> None:
    """All seven intents of the page can be given, and come back."""
    metadata = {"intent": {"type": intent}, "mine": 1}

    assert zipf.post("/sessions", {"name": "x", "metadata": metadata})["session"]["metadata"] == metadata


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "x" * 256},
        {"name": 7},
        {"name": "x", "session_config": {"max_operations": 0}},
        {"name": "x", "session_config": {"max_operations": 101}},
        {"name": "x", "session_config": {"auto_deduplicate": "yes"}},
        {"name": "x", "metadata": {"intent": {"type": "gossip"}}},
        [],
    ],
)
def test_what_is_out_of_range_is_refused(zipf: Callers, body: object) -> None:
    """A creation beyond the documented ranges answers 400 and creates nothing."""
    assert refusal(zipf.send("POST", "/sessions", body, by="spare")) == (400, "Invalid request")
    assert zipf.get("/sessions", by="spare")["pagination"]["total"] == 0


def test_the_longest_name_is_taken(zipf: Callers) -> None:
    """A name of 255 characters fits, whatever their size in bytes."""
    assert zipf.post("/sessions", {"name": "é" * 255})["session"]["name"] == "é" * 255


def test_a_body_is_read_whatever_its_type(zipf: Callers) -> None:
    """The page's examples send curl's default Content-Type, that of a form."""
    headers = {
        "Authorization": "Bearer wvr_owner_ada",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    response = zipf.client.post("/api/v1/sessions", content='{"name": "AI Research"}', headers=headers)

    assert response.status_code == 201


def test_an_update_merges_the_configuration(zipf: Callers) -> None:
    """What is not given stays; the page's word `config` works as well as creation's."""
    session_id = zipf.session(description="before", session_config={"auto_deduplicate": False})
    body = {"name": "after", "status": "archived", "config": {"max_operations": 5}}
    session = zipf.send("PATCH", f"/sessions/{session_id}", body).json()["session"]

    assert (session["name"], session["description"], session["status"]) == ("after", "before", "active")
    assert session["session_config"]["max_operations"] == 5
    assert session["session_config"]["auto_deduplicate"] is False


def test_a_session_is_completed_before_it_is_archived(zipf: Callers) -> None:
    """The life goes one way: active, completed, archived; every other step answers 409."""
    path = f"/sessions/{zipf.session()}"

    assert refusal(zipf.send("POST", f"{path}/archive")) == (409, "Session not completed")
    assert zipf.post(f"{path}/complete")["session"]["status"] == "completed"
    assert refusal(zipf.send("POST", f"{path}/complete")) == (409, "Session not active")
    assert zipf.post(f"{path}/archive")["session"]["status"] == "archived"
    assert refusal(zipf.send("POST", f"{path}/archive")) == (409, "Session not completed")
    assert refusal(zipf.send("PATCH", path, {"name": "x"})) == (409, "Session archived")


def test_completing_blocks_operations(zipf: Callers) -> None:
    """A completed session takes neither searches nor crawls, and keeps what it has."""
    session_id = zipf.session()
    zipf.search(session_id)
    zipf.post(f"/sessions/{session_id}/complete")

    for kind, body in (("search", {"query": "x"}), ("crawl", {"urls": ["https://a.example/"]})):
        assert refusal(zipf.send("POST", f"/sessions/{session_id}/{kind}", body)) == (
            409,
            "Session not active",
        )
    assert len(zipf.get(f"/sessions/{session_id}/timeline")["operations"]) == 1


@pytest.mark.parametrize("completed", [False, True])
def test_a_session_left_alone_is_archived_after_seven_days(zipf: Callers, completed: bool) -> None:
    """Seven days after the last change the session is archived, at that very moment, also for the filter."""
    zipf.freeze("2026-03-01T12:00:00Z")
    path = f"/sessions/{zipf.session(by='spare')}"
    if completed:
        zipf.post(f"{path}/complete", by="spare")
    zipf.advance(days=7, seconds=-1)
    assert zipf.get(path, by="spare")["session"]["status"] != "archived"
    zipf.advance(seconds=1)
    session = zipf.get(path, by="spare")["session"]

    assert (session["status"], session["archived_at"]) == ("archived", "2026-03-08T12:00:00.000Z")
    assert zipf.get("/sessions?status=archived", by="spare")["pagination"]["total"] == 1
    assert refusal(zipf.send("POST", f"{path}/complete", by="spare"))[0] == 409


def test_activity_puts_archiving_off(zipf: Callers) -> None:
    """An operation counts as activity: the seven days begin anew."""
    session_id = zipf.session()
    zipf.advance(days=6)
    zipf.search(session_id)
    zipf.advance(days=6)

    assert zipf.get(f"/sessions/{session_id}")["session"]["status"] == "active"


def test_a_user_has_a_hundred_sessions(zipf: Callers) -> None:
    """The 101st session answers 409, archived ones count, and deleting one makes room."""
    first = zipf.session(by="spare")
    zipf.post(f"/sessions/{first}/complete", by="spare")
    zipf.post(f"/sessions/{first}/archive", by="spare")
    for _ in range(99):
        zipf.session(by="spare")

    assert refusal(zipf.send("POST", "/sessions", {"name": "x"}, by="spare"))[0] == 409
    zipf.send("DELETE", f"/sessions/{first}", by="spare")
    assert zipf.session(by="spare")


def test_deleting_removes_everything(zipf: Callers) -> None:
    """Nothing of a deleted session answers any more, public views included."""
    session_id = zipf.session()
    zipf.search(session_id)
    zipf.share(session_id, public_share=True)
    assert zipf.send("DELETE", f"/sessions/{session_id}").status_code == 200

    paths = [f"{base}/{session_id}{end}" for base in ("/sessions", "/public/sessions")
             for end in ("", "/timeline", "/export")]  # fmt: skip
    assert {zipf.send("GET", path).status_code for path in paths} == {404}
    assert refusal(zipf.send("DELETE", f"/sessions/{session_id}")) == (404, "Session not found")
