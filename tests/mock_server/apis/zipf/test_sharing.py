"""Sharing: who sees what, how it reaches operations, how it ends."""

from typing import Any

import pytest

from tests.mock_server.apis.zipf.callers import HALCYON, JUNIPER, NORTHWIND, Callers, refusal

PRIVATE = {"customer_id", "organization_id", "shared_with_org", "metadata", "session_config"}


def shares(zipf: Callers, session_id: str) -> list[tuple[bool, Any]]:
    """How each operation of a session is shared."""
    operations = zipf.get(f"/sessions/{session_id}/timeline")["operations"]
    return [(each["shared_with_org"], each["organization_id"]) for each in operations]


def test_sharing_reaches_every_operation_both_ways(zipf: Callers) -> None:
    """Operations follow the session, those made later inherit, and withdrawing takes it from all of them."""
    session_id = zipf.session()
    zipf.search(session_id)
    zipf.crawl(session_id)
    reply = zipf.share(session_id, shared_with_org=True, organization_id=NORTHWIND)
    zipf.search(session_id, query="another")

    assert reply["operations_updated"] == {"org_share": {"searches": 1, "crawls": 1}}
    assert shares(zipf, session_id) == [(True, NORTHWIND)] * 3
    reply = zipf.share(session_id, shared_with_org=False)
    assert reply["operations_updated"] == {"org_share": {"searches": 2, "crawls": 1}}
    assert shares(zipf, session_id) == [(False, None)] * 3


def test_the_organisation_can_be_changed(zipf: Callers) -> None:
    """Sharing with another organisation takes it from the first."""
    session_id = zipf.session()
    zipf.search(session_id)
    zipf.share(session_id, shared_with_org=True, organization_id=NORTHWIND)
    zipf.share(session_id, shared_with_org=True, organization_id=JUNIPER)

    assert zipf.send("GET", f"/sessions/{session_id}", by="member").status_code == 404
    assert zipf.get(f"/sessions/{session_id}", by="penniless")["access_level"] == "org_viewer"
    assert shares(zipf, session_id) == [(True, JUNIPER)]


def test_the_public_is_no_matter_of_operations(zipf: Callers) -> None:
    """Opening the public views touches no operation, and leaves the organisation as it is."""
    session_id = zipf.session()
    zipf.search(session_id)
    zipf.share(session_id, shared_with_org=True, organization_id=NORTHWIND)
    reply = zipf.share(session_id, public_share=True)

    assert reply["operations_updated"] == {}
    assert reply["session"]["organization_id"] == NORTHWIND
    assert shares(zipf, session_id) == [(True, NORTHWIND)]


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ({}, (400, "Invalid request")),
        ({"shared_with_org": True}, (400, "Invalid request")),
        ({"public_share": True, "shared_with_org": True}, (400, "Invalid request")),
        ({"organization_id": NORTHWIND}, (400, "Invalid request")),
        ({"public_share": "yes"}, (400, "Invalid request")),
        ({"shared_with_org": True, "organization_id": HALCYON}, (403, "Not a member")),
        ({"shared_with_org": True, "organization_id": "nobody"}, (403, "Not a member")),
    ],
)
def test_wrong_sharing_is_refused(zipf: Callers, body: object, title: tuple[int, str]) -> None:
    """The organisation has to be named, and to be one of the owner's; otherwise nothing changes."""
    session_id = zipf.session()

    assert refusal(zipf.send("POST", f"/sessions/{session_id}/share", body)) == title
    assert zipf.get(f"/sessions/{session_id}")["session"]["shared_with_org"] is False


@pytest.mark.parametrize(
    ("method", "end", "body"),
    [
        ("PATCH", "", {"name": "x"}),
        ("DELETE", "", None),
        ("POST", "/complete", None),
        ("POST", "/archive", None),
        ("POST", "/share", {"public_share": False}),
        ("POST", "/search", {"query": "x"}),
        ("POST", "/crawl", {"urls": ["https://a.example/"]}),
    ],
)
def test_viewers_only_read(zipf: Callers, method: str, end: str, body: object) -> None:
    """Whatever a viewer tries to write answers 403, whoever cannot see the session gets 404."""
    session_id = zipf.session()
    zipf.share(session_id, shared_with_org=True, organization_id=NORTHWIND)
    path = f"/sessions/{session_id}{end}"

    assert refusal(zipf.send(method, path, body, by="member")) == (403, "Read-only access")
    assert refusal(zipf.send(method, path, body, by="outsider")) == (404, "Session not found")


def test_members_read_as_viewers(zipf: Callers) -> None:
    """Details, timeline and export are open to the organisation until sharing ends."""
    session_id = zipf.session()
    zipf.share(session_id, shared_with_org=True, organization_id=NORTHWIND)
    details = zipf.get(f"/sessions/{session_id}", by="member")
    ends = ("", "/timeline", "/export", "/export?format=csv")

    assert (details["access_level"], details["organization_name"]) == ("org_viewer", "Northwind Research")
    for status in (200, 404):
        replies = [zipf.send("GET", f"/sessions/{session_id}{end}", by="member") for end in ends]
        assert {reply.status_code for reply in replies} == {status}
        zipf.share(session_id, shared_with_org=False)


def test_public_views_need_no_token_and_close_at_once(zipf: Callers) -> None:
    """All three answer anybody while the session is public, and nobody afterwards."""
    session_id = zipf.session()
    paths = [
        f"/public/sessions/{session_id}{end}" for end in ("", "/timeline", "/export", "/export?format=csv")
    ]
    for opened, status in ((True, 200), (False, 404)):
        zipf.share(session_id, public_share=opened)
        assert {zipf.send("GET", path, by=None).status_code for path in paths} == {status}
        assert {zipf.send("GET", path, by="expired").status_code for path in paths} == {status}


def test_the_public_sees_nothing_private(zipf: Callers) -> None:
    """Who owns the session and whom else it is shared with stays out of everything public."""
    session_id = zipf.session(metadata={"tags": ["secret"]})
    zipf.search(session_id)
    zipf.share(session_id, public_share=True, shared_with_org=True, organization_id=NORTHWIND)
    public = zipf.get(f"/public/sessions/{session_id}", by=None)
    texts = [zipf.send("GET", f"/public/sessions/{session_id}{end}", by=None).text
             for end in ("", "/timeline", "/export", "/export?format=csv")]  # fmt: skip

    assert public["access_level"] == "public"
    assert not PRIVATE & (public["session"].keys() | public["operations"][0].keys())
    assert not any(
        secret in text for text in texts for secret in ("5b0c6a3e", "northwind", "Northwind", "secret")
    )


def test_a_stranger_with_a_token_is_the_public(zipf: Callers) -> None:
    """On a public session the details tell a stranger so, and show what everybody sees."""
    session_id = zipf.session()
    zipf.share(session_id, public_share=True)
    details = zipf.get(f"/sessions/{session_id}", by="outsider")

    assert (details["access_level"], details["organization_name"]) == ("public", None)
    assert not PRIVATE & details["session"].keys()
    assert [each["id"] for each in details["user_organizations"]] == [HALCYON]
