"""Zipf's operations: parameters in, status and view out."""

from collections.abc import Mapping, Sequence
from typing import Any

from mock_server.apis.zipf import replies
from mock_server.apis.zipf.context import context_summary
from mock_server.apis.zipf.export import as_csv
from mock_server.apis.zipf.model import (
    AccessLevel,
    Operation,
    Session,
    operation_view,
    public_operation_view,
    public_session_view,
    session_view,
    timestamp,
    workflow_view,
)
from mock_server.apis.zipf.research import Outcome
from mock_server.apis.zipf.service import Zipf
from mock_server.apis.zipf.sessions import Filters
from mock_server.reply import Reply

Body = Mapping[str, Any]
CSV = "text/csv; charset=utf-8"


class Operations:
    """One method per operationId of `openapi/zipf.yaml`."""

    def create_session(self, zipf: Zipf, *, body: Body) -> Reply:
        """POST /sessions."""
        return Reply(201, {"session": session_view(zipf.sessions.create(body))})

    def list_sessions(
        self, zipf: Zipf, *, limit: int, offset: int, include_shared: bool, **filters: Any
    ) -> Reply:
        """GET /sessions."""
        own, page = _page(zipf.sessions.mine(Filters(**filters)), limit, offset)
        if not include_shared:
            return Reply(200, {"sessions": own, "pagination": page})
        shared, shared_page = _page(zipf.sessions.of_teammates(Filters(**filters)), limit, offset)
        body = {
            "sessions": own,
            "shared_sessions": shared,
            "pagination": {"owned": page, "shared": shared_page},
        }
        return Reply(200, {**body, "user_organizations": zipf.accounts.organizations()})

    def get_session(self, zipf: Zipf, *, id_: str) -> Reply:
        """GET /sessions/{id}."""
        session, level = zipf.sessions.readable(id_)
        operations = zipf.sessions.operations(id_)
        organization = session["organization_id"] if level != "public" else None
        details = {
            **_views(session, operations, level),
            "context_summary": context_summary(session, operations),
            "access_level": level,
            "organization_name": organization and zipf.accounts.organization_name(organization),
            "user_organizations": zipf.accounts.organizations(),
        }
        return Reply(200, details)

    def update_session(self, zipf: Zipf, *, id_: str, body: Body) -> Reply:
        """PATCH /sessions/{id}."""
        return Reply(200, {"session": session_view(zipf.sessions.update(id_, body))})

    def delete_session(self, zipf: Zipf, *, id_: str) -> Reply:
        """DELETE /sessions/{id}."""
        zipf.sessions.delete(id_)
        return Reply(200, {"message": "Session deleted successfully"})

    def complete_session(self, zipf: Zipf, *, id_: str) -> Reply:
        """POST /sessions/{id}/complete."""
        return Reply(200, {"session": session_view(zipf.sessions.complete(id_))})

    def archive_session(self, zipf: Zipf, *, id_: str) -> Reply:
        """POST /sessions/{id}/archive."""
        return Reply(200, {"session": session_view(zipf.sessions.archive(id_))})

    def share_session(self, zipf: Zipf, *, id_: str, body: Body) -> Reply:
        """POST /sessions/{id}/share."""
        session, counts = zipf.sharing.share(id_, body)
        updated = {} if counts is None else {"org_share": counts}
        return Reply(200, {"session": session_view(session), "operations_updated": updated})

    def search_in_session(self, zipf: Zipf, *, id_: str, body: Body) -> Reply:
        """POST /sessions/{id}/search."""
        return _searched(zipf, zipf.research.search(id_, body), id_, body)

    def crawl_in_session(self, zipf: Zipf, *, id_: str, body: Body) -> Reply:
        """POST /sessions/{id}/crawl."""
        return _crawled(zipf, zipf.research.crawl(id_, body), id_, body)

    def search_web(self, zipf: Zipf, *, body: Body) -> Reply:
        """POST /search."""
        session_id = body.get("session_id")
        return _searched(zipf, zipf.research.search(session_id, body), session_id, body)

    def get_search_job(self, zipf: Zipf, *, id_: str) -> Reply:
        """GET /search/jobs/{id}."""
        return Reply(200, replies.search(zipf.sessions.job(id_, "search")))

    def crawl_pages(self, zipf: Zipf, *, body: Body) -> Reply:
        """POST /crawls."""
        session_id = body.get("session_id")
        return _crawled(zipf, zipf.research.crawl(session_id, body), session_id, body)

    def get_crawl(self, zipf: Zipf, *, id_: str) -> Reply:
        """GET /crawls/{id}."""
        return Reply(200, replies.crawl(zipf.sessions.job(id_, "crawl")))

    def get_link_graph(self, zipf: Zipf, *, id_: str, **options: Any) -> Reply:
        """GET /sessions/{id}/link-graph."""
        return Reply(200, {"session_id": id_, "link_graph": zipf.graphs.show(id_, options)})

    def get_timeline(self, zipf: Zipf, *, id_: str) -> Reply:
        """GET /sessions/{id}/timeline."""
        session, level = zipf.sessions.readable(id_)
        return Reply(200, _timeline(session, _views(session, zipf.sessions.operations(id_), level)))

    def get_export(self, zipf: Zipf, *, id_: str, format_: str) -> Reply:
        """GET /sessions/{id}/export."""
        return _export(zipf, *zipf.sessions.readable(id_), format_)

    def get_public_session(self, zipf: Zipf, *, id_: str) -> Reply:
        """GET /public/sessions/{id}."""
        session = zipf.sessions.public(id_)
        views = _views(session, zipf.sessions.operations(id_), "public")
        return Reply(200, {**views, "access_level": "public"})

    def get_public_timeline(self, zipf: Zipf, *, id_: str) -> Reply:
        """GET /public/sessions/{id}/timeline."""
        session = zipf.sessions.public(id_)
        return Reply(200, _timeline(session, _views(session, zipf.sessions.operations(id_), "public")))

    def get_public_export(self, zipf: Zipf, *, id_: str, format_: str) -> Reply:
        """GET /public/sessions/{id}/export."""
        return _export(zipf, zipf.sessions.public(id_), "public", format_)

    def create_workflow(self, zipf: Zipf, *, body: Body) -> Reply:
        """POST /workflows."""
        return Reply(201, {"workflow": workflow_view(zipf.workflows.create(body))})

    def get_workflow(self, zipf: Zipf, *, id_: str) -> Reply:
        """GET /workflows/{id}."""
        workflow, level = zipf.workflows.readable(id_)
        return Reply(200, {"workflow": workflow_view(workflow), "access_level": level})

    def share_workflow(self, zipf: Zipf, *, id_: str, body: Body) -> Reply:
        """POST /workflows/{id}/share."""
        workflow, session, counts = zipf.workflows.share(id_, body)
        updated = {} if counts is None else {"org_share": counts}
        reply = {"workflow": workflow_view(workflow), "operations_updated": updated}
        return Reply(200, reply if session is None else {**reply, "session": session_view(session)})

    def get_account(self, zipf: Zipf) -> Reply:
        """GET /."""
        account = {
            "id": zipf.caller.user,
            "credits_balance": zipf.accounts.balance,
            "organizations": zipf.accounts.organizations(),
        }
        return Reply(200, {"user": account})


def _searched(zipf: Zipf, outcome: Outcome, session_id: str | None, body: Body) -> Reply:
    if outcome.operation is None:
        return Reply(200, replies.search_estimate(session_id, body, outcome))
    zipf.send_results(body, outcome.operation, replies.search(outcome.operation))
    return Reply(200, replies.search(zipf.sessions.job(outcome.operation["id"], "search")))


def _crawled(zipf: Zipf, outcome: Outcome, session_id: str | None, body: Body) -> Reply:
    if outcome.operation is None:
        return Reply(200, replies.crawl_estimate(session_id, body, outcome))
    zipf.send_results(body, outcome.operation, replies.crawl(outcome.operation))
    return Reply(200, replies.crawl(zipf.sessions.job(outcome.operation["id"], "crawl")))


def _page(sessions: Sequence[Session], limit: int, offset: int) -> tuple[list[Any], dict[str, int]]:
    shown = [session_view(session) for session in sessions[offset : offset + limit]]
    return shown, {"total": len(sessions), "limit": limit, "offset": offset}


def _views(session: Session, operations: Sequence[Operation], level: AccessLevel) -> dict[str, Any]:
    """A session and its operations as a reader of this level sees them."""
    if level == "public":
        shown = [public_operation_view(each) for each in operations]
        return {"session": public_session_view(session), "operations": shown}
    return {"session": session_view(session), "operations": [operation_view(each) for each in operations]}


def _timeline(session: Session, views: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "session_id": session["id"],
        "operations": views["operations"],
        "aggregates": session["aggregates"],
    }


def _export(zipf: Zipf, session: Session, level: AccessLevel, format_: str) -> Reply:
    operations = zipf.sessions.operations(session["id"])
    headers = {"Content-Disposition": f'attachment; filename="session-{session["id"]}.{format_}"'}
    if format_ == "csv":
        return Reply(200, as_csv(operations), headers, CSV)
    exported_at = timestamp(zipf.clock.now())
    return Reply(200, {**_views(session, operations, level), "exported_at": exported_at}, headers)
