"""The client Zipf's requirements are written against: its operations, and situations to start from.

How the vendor's replies are read, whatever their form, lives in `reading.py`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from conformance import expect, hooks
from conformance.addressing import segment
from conformance.apis.zipf import needs, reading
from conformance.client import ABSENT, Http
from conformance.expect import settled
from conformance.needs import organization, require
from conformance.outcome import BudgetSpent, Inconclusive, Skip
from conformance.reply import Reply

NAME = "AI Research"
QUERY = "AI startups"
LARGEST_PAGE = 100
MOST_PAGES = 10  # a user has at most 100 sessions, the page says
DAY = 24 * 60 * 60


class Zipf:
    """One method for each operation; `given_...` methods reach a situation or end the examination as
    inconclusive.
    """

    def __init__(self, http: Http) -> None:
        self.http = http

    # Operations

    def create_session(self, body: Any, actor: str | None = "owner") -> Reply:
        """POST /sessions; what it creates is deleted after the examination."""
        reply = self.http.request("POST", "/sessions", actor=actor, body=body)
        id_ = reading.session(reply.exchange.reply_json()).get("id") if reply.ok else None
        if id_:
            self.http.cleanup.append(lambda: self.delete_session(str(id_), actor))
        return reply

    def list_sessions(self, actor: str | None = "owner", **query: Any) -> Reply:
        """GET /sessions; truth values are sent as `true` and `false`."""
        texts = {
            name: str(value).lower() if isinstance(value, bool) else str(value)
            for name, value in query.items()
        }
        return self.http.request("GET", "/sessions", actor=actor, query=texts)

    def get_session(self, id_: str, actor: str | None = "owner") -> Reply:
        """GET /sessions/{id}."""
        return self.http.request("GET", path(id_), actor=actor)

    def update_session(self, id_: str, body: Any, actor: str | None = "owner") -> Reply:
        """PATCH /sessions/{id}."""
        return self.http.request("PATCH", path(id_), actor=actor, body=body)

    def delete_session(self, id_: str, actor: str | None = "owner") -> Reply:
        """DELETE /sessions/{id}."""
        return self.http.request("DELETE", path(id_), actor=actor)

    def search(self, id_: str, body: Any, actor: str | None = "owner", cost: int = 1) -> Reply:
        """POST /sessions/{id}/search."""
        self.http.budget.pay(cost)
        return self.http.request("POST", path(id_, "search"), actor=actor, body=body)

    def crawl(self, id_: str, body: Any, actor: str | None = "owner", cost: int = 1) -> Reply:
        """POST /sessions/{id}/crawl."""
        self.http.budget.pay(cost)
        return self.http.request("POST", path(id_, "crawl"), actor=actor, body=body)

    def complete_session(self, id_: str, actor: str | None = "owner") -> Reply:
        """POST /sessions/{id}/complete."""
        return self.http.request("POST", path(id_, "complete"), actor=actor)

    def archive_session(self, id_: str, actor: str | None = "owner") -> Reply:
        """POST /sessions/{id}/archive."""
        return self.http.request("POST", path(id_, "archive"), actor=actor)

    def share_session(self, id_: str, body: Any = ABSENT, actor: str | None = "owner") -> Reply:
        """POST /sessions/{id}/share; to the public only where that is allowed."""
        if isinstance(body, dict) and body.get("public_share") is True:
            self.needs_public_sharing()
        return self.http.request("POST", path(id_, "share"), actor=actor, body=body)

    def get_timeline(self, id_: str, actor: str | None = "owner") -> Reply:
        """GET /sessions/{id}/timeline."""
        return self.http.request("GET", path(id_, "timeline"), actor=actor)

    def get_export(self, id_: str, actor: str | None = "owner", **query: str) -> Reply:
        """GET /sessions/{id}/export."""
        return self.http.request("GET", path(id_, "export"), actor=actor, query=query)

    def get_public_session(self, id_: str) -> Reply:
        """GET /public/sessions/{id}."""
        return self.http.request("GET", "/public" + path(id_))

    def get_public_timeline(self, id_: str) -> Reply:
        """GET /public/sessions/{id}/timeline."""
        return self.http.request("GET", "/public" + path(id_, "timeline"))

    def get_public_export(self, id_: str, **query: str) -> Reply:
        """GET /public/sessions/{id}/export."""
        return self.http.request("GET", "/public" + path(id_, "export"), query=query)

    def may_cost(self, credits_: int) -> bool:
        """Account for what requests that are to be refused cost where they are not; say whether the run may
        spend that.
        """
        try:
            self.http.budget.pay(credits_)
        except (Skip, BudgetSpent):
            return False
        return True

    # What the target says of itself

    def organization(self, role: str = "shared") -> str:
        """Return the id of an organisation by the role it plays."""
        require(self.http.target, organization(role))
        return str(self.http.target.organizations[role])

    def pages(self, count: int = 1) -> list[str]:
        """Return pages that the suite may have crawled; off the mock only those that the target names."""
        require(self.http.target, needs.pages(count))
        return [str(each) for each in needs.crawlable(self.http.target)[:count]]

    @property
    def may_be_public(self) -> bool:
        """Whether sessions may be opened to everybody: off this machine only where the target says so."""
        return needs.may_be_public(self.http.target)

    def needs_public_sharing(self) -> None:
        """Skip unless sessions may be opened to everybody."""
        require(self.http.target, needs.public_sharing)

    def intrusion(self) -> dict[str, Any]:
        """Return how somebody who may not share tries to: with everybody, where that harms nobody."""
        return {"public_share": self.may_be_public}

    def tagged(self, tag: str) -> dict[str, Any]:
        """Return the part of a creation that sets a tag, in the field this deployment takes tags in."""
        require(self.http.target, needs.tags)
        body: Any = [tag]
        for name in reversed(needs.tag_field(self.http.target).split(".")):
            body = {name: body}
        return dict(body)

    # Situations

    def given_session(self, actor: str = "owner", **fields: Any) -> str:
        """Create a session and return its id."""
        reply = self.create_session({"name": self.http.unique(NAME), **fields}, actor)
        id_ = reading.session(reply.exchange.reply_json()).get("id")
        if not reply.ok or not id_:
            raise Inconclusive(f"no session could be created with {fields or 'a name only'}: {reply.status}")
        return str(id_)

    def given_no_session(self) -> str:
        """Return an id in the form of this deployment's ids that belongs to no session any more."""
        id_ = self.given_session()
        self.given(self.delete_session(id_))
        return id_

    def given(self, reply: Reply) -> Reply:
        """Take a step that is only the way to what is examined."""
        if not reply.ok:
            raise Inconclusive(
                f"{reply.exchange.method} {reply.exchange.path} was answered with {reply.status}"
            )
        return reply

    def given_shared(self, id_: str, role: str = "shared") -> None:
        """Share a session with an organisation."""
        self.given(
            self.share_session(id_, {"shared_with_org": True, "organization_id": self.organization(role)})
        )

    def given_public(self, id_: str) -> None:
        """Open a session to the public."""
        self.given(self.share_session(id_, {"public_share": True}))

    def given_search(self, id_: str, query: str = QUERY, **body: Any) -> dict[str, Any]:
        """Search, and return the operation as the timeline shows it once it is done."""
        return self._done(id_, lambda: self.search(id_, {"query": query, **body}))

    def given_crawl(self, id_: str, *urls: str, **body: Any) -> dict[str, Any]:
        """Crawl, and return the operation as the timeline shows it once it is done."""
        sent = {"urls": list(urls or self.pages()), **body}
        return self._done(id_, lambda: self.crawl(id_, sent, cost=len(sent["urls"])))

    def _done(self, id_: str, act: Callable[[], Reply]) -> dict[str, Any]:
        before = len(self.timeline(id_))
        reply = self.given(act())
        found = settled(lambda: self.timeline(id_), lambda ops: len(ops) > before and not reading.busy(ops))
        if len(found) <= before or reading.busy(found):
            raise Inconclusive("the operation did not come to its end in the timeline")
        entry = found[-1]
        return (
            entry
            if reading.urls(entry)
            else {**entry, "results": reading.results(reply.exchange.reply_json())}
        )

    def timeline(self, id_: str, actor: str = "owner") -> list[dict[str, Any]]:
        """Return the operations that the timeline shows."""
        return reading.operations(self.given(self.get_timeline(id_, actor)).exchange.reply_json())

    def details(self, id_: str, actor: str = "owner") -> dict[str, Any]:
        """Return the details of a session that exists: what stands in the envelope, and what beside it."""
        body = self.given(self.get_session(id_, actor)).exchange.reply_json()
        return {**reading.session(body), **(body if isinstance(body, dict) else {})}

    def status_of(self, id_: str) -> Any:
        """Return the status that the details show."""
        return reading.session(self.given(self.get_session(id_)).exchange.reply_json()).get("status")

    def listed(
        self, actor: str | None = "owner", part: str = "sessions", **query: Any
    ) -> list[dict[str, Any]]:
        """Return one of the lists of a reply to the list, or end as inconclusive when it cannot be read."""
        body = self.given(self.list_sessions(actor, **query)).exchange.reply_json()
        found = body.get(part) if isinstance(body, dict) else None
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise Inconclusive(f"the reply to the list has no list `{part}`")
        return found

    def called(self, name: str) -> list[dict[str, Any]]:
        """Return the owner's sessions that show a name or a description."""
        listed = self.candidates({}, "owner")
        return [each for each in listed if name in (each.get("name"), each.get("description"))]

    def candidates(self, _sent: Mapping[str, Any], actor: str | None) -> Iterator[dict[str, Any]]:
        """Go through the listed sessions, page by page; the list has no filter for names."""
        known: set[str] = set()
        for page in range(MOST_PAGES):
            found = self.listed(actor, limit=LARGEST_PAGE, offset=page * LARGEST_PAGE)
            if known.issuperset(ids(found)):
                return
            known.update(ids(found))
            yield from found

    def age(self, id_: str, days: float) -> None:
        """Let time pass for a session, by the deployment's hook."""
        hooks.call(self.http, "age", {"id": id_, "days": days, "seconds": int(days * DAY)})


def path(id_: str, end: str = "") -> str:
    """Return the path of a session, or of something of it."""
    return f"/sessions/{segment(id_)}" + (f"/{end}" if end else "")


def ids(sessions: Iterable[Any]) -> list[str]:
    """Return the ids of listed sessions; what is no object has none."""
    return [str(each.get("id")) for each in sessions if isinstance(each, dict)]


def refused_or(reply: Reply, harmless: bool, *, expected: str, got: Any) -> None:
    """Expect a refusal, or that what was beyond the bounds did no harm: the page names bounds, not what
    happens beyond them.
    """
    if reply.ok:
        expect.that(harmless, expected=expected, got=got)
    else:
        reply.refused()
