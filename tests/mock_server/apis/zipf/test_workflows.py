"""Workflows: a linked session is shared with its workflow, and its operations with it."""

from typing import Any

from tests.mock_server.apis.zipf.callers import HALCYON, NORTHWIND, Callers, refusal


def workflow(zipf: Callers, **fields: Any) -> str:
    """The id of a new workflow."""
    return str(zipf.post("/workflows", {"name": "Weekly look", **fields})["workflow"]["id"])


def test_a_workflow_reads_as_it_was_created(zipf: Callers) -> None:
    """Its owner sees it with the session that is linked."""
    session_id = zipf.session()
    created = zipf.post("/workflows", {"name": "Weekly look", "session_id": session_id})["workflow"]
    read = zipf.get(f"/workflows/{created['id']}")

    assert read == {"workflow": created, "access_level": "owner"}
    assert created["session_id"] == session_id


def test_sharing_reaches_session_and_operations(zipf: Callers) -> None:
    """A member sees workflow, session and jobs as long as the workflow is shared, and no longer."""
    session_id = zipf.session()
    job = zipf.search(session_id)["search_job_id"]
    id_ = workflow(zipf, session_id=session_id)
    paths = (f"/workflows/{id_}", f"/sessions/{session_id}", f"/search/jobs/{job}")
    shared = zipf.post(f"/workflows/{id_}/share", {"shared_with_org": True, "organization_id": NORTHWIND})
    during = [zipf.send("GET", path, by="member").status_code for path in paths]
    zipf.post(f"/workflows/{id_}/share", {"shared_with_org": False})
    afterwards = [zipf.send("GET", path, by="member").status_code for path in paths]

    assert shared["operations_updated"] == {"org_share": {"searches": 1, "crawls": 0}}
    assert shared["session"]["shared_with_org"] is True
    assert (during, afterwards) == ([200, 200, 200], [404, 404, 404])


def test_viewers_only_read(zipf: Callers) -> None:
    """A member of the organisation may look at the workflow and not share it on."""
    id_ = workflow(zipf)
    zipf.post(f"/workflows/{id_}/share", {"shared_with_org": True, "organization_id": NORTHWIND})
    refused = zipf.send("POST", f"/workflows/{id_}/share", {"shared_with_org": False}, by="member")

    assert refusal(refused) == (403, "Read-only access")
    assert zipf.get(f"/workflows/{id_}", by="member")["access_level"] == "org_viewer"


def test_only_own_sessions_are_linked(zipf: Callers) -> None:
    """Somebody else's session cannot be linked, whether the caller may read it or not."""
    private, shared = zipf.session(), zipf.session()
    zipf.share(shared, shared_with_org=True, organization_id=NORTHWIND)
    statuses = [
        zipf.send("POST", "/workflows", {"name": "x", "session_id": each}, by="member").status_code
        for each in (private, shared)
    ]

    assert statuses == [404, 403]


def test_a_workflow_outlives_its_session(zipf: Callers) -> None:
    """When the session is deleted the workflow can be shared alone."""
    session_id = zipf.session()
    id_ = workflow(zipf, session_id=session_id)
    zipf.send("DELETE", f"/sessions/{session_id}").raise_for_status()
    reply = zipf.post(f"/workflows/{id_}/share", {"shared_with_org": True, "organization_id": NORTHWIND})

    assert reply["workflow"]["shared_with_org"] is True
    assert "session" not in reply


def test_sharing_with_strangers_changes_nothing(zipf: Callers) -> None:
    """An organisation that the owner does not belong to is refused, and the session stays as it was."""
    session_id = zipf.session()
    id_ = workflow(zipf, session_id=session_id)
    body = {"shared_with_org": True, "organization_id": HALCYON}

    assert refusal(zipf.send("POST", f"/workflows/{id_}/share", body)) == (403, "Not a member")
    assert zipf.get(f"/sessions/{session_id}")["session"]["shared_with_org"] is False
