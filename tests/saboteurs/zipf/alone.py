"""Saboteurs of Zipf: searches and crawls that stand alone, jobs, parameters."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.zipf.errors import SessionNotActive
from mock_server.apis.zipf.operations import Operations
from mock_server.apis.zipf.research import Outcome, Research
from mock_server.apis.zipf.service import Zipf
from mock_server.apis.zipf.sessions import Sessions
from mock_server.reply import Reply
from tests.saboteurs import saboteur
from tests.saboteurs.zipf import parts

Body = Mapping[str, Any]


@parts.research("ZIPF-ALONE-01")
class SearchesFewInSessions(Research):
    """In a session a number of results cannot be asked for."""

    def search(self, session_id: str | None, body: Body) -> Outcome:
        """Refuses."""
        if session_id and "max_results" in body:
            raise SessionNotActive("fussy")
        return super().search(session_id, body)


@parts.research("ZIPF-ALONE-02")
class CrawlsFewInSessions(Research):
    """In a session a number of pages cannot be asked for."""

    def crawl(self, session_id: str | None, body: Body) -> Outcome:
        """Refuses."""
        if session_id and "max_pages" in body:
            raise SessionNotActive("fussy")
        return super().crawl(session_id, body)


@parts.research("ZIPF-ALONE-03")
class ChargesForSessions(Research):
    """A search costs more in a session than alone."""

    def search(self, session_id: str | None, body: Body) -> Outcome:
        """Takes the price of suggestions."""
        return super().search(session_id, {**body, "generate_suggestions": session_id is not None})


@saboteur.operations("ZIPF-ALONE-04")
class ForgetsTheSession(Operations):
    """A `session_id` is taken and forgotten."""

    def search_web(self, zipf: Zipf, *, body: Body) -> Reply:
        """Leaves it out."""
        return super().search_web(zipf, body={**body, "session_id": None})


@parts.research("ZIPF-ALONE-05")
class NeverWaits(Research):
    """A job is done at once."""

    def search(self, session_id: str | None, body: Body) -> Outcome:
        """Waits for it."""
        return super().search(session_id, {**body, "processing_mode": "sync"})


@parts.research("ZIPF-ALONE-06")
class ChargesForSummaries(Research):
    """A summary costs what an advanced feature does."""

    def search(self, session_id: str | None, body: Body) -> Outcome:
        """Takes the price of suggestions."""
        return super().search(session_id, {**body, "generate_suggestions": body.get("generate_summary")})


@parts.research("ZIPF-ALONE-07")
class FindsEverywhere(Research):
    """The kind of source is ignored."""

    def search(self, session_id: str | None, body: Body) -> Outcome:
        """Takes all."""
        return super().search(session_id, {**body, "source_type": "mixed"})


@parts.research("ZIPF-ALONE-08")
class FollowsNoLinks(Research):
    """A crawl fetches the pages given and no others."""

    def crawl(self, session_id: str | None, body: Body) -> Outcome:
        """Stays where it is."""
        return super().crawl(session_id, {**body, "expansion": "none"})


@parts.research("ZIPF-ALONE-09")
class SendsNowhere(Research):
    """A webhook without an address is a job that nobody hears of."""

    def search(self, session_id: str | None, body: Body) -> Outcome:
        """Makes it a job."""
        unaddressed = body.get("processing_mode") == "webhook" and "webhook_url" not in body
        return super().search(session_id, {**body, "processing_mode": "async"} if unaddressed else body)


@parts.sessions("ZIPF-DEDUP-01")
class NeverCollapses(Sessions):
    """A URL that is given twice is crawled twice."""

    def create(self, body: Body) -> Any:
        """Switches it off."""
        return super().create({**body, "session_config": {"auto_deduplicate": False}})


@parts.research("ZIPF-DEDUP-02")
class LooksAtPathsOnly(Research):
    """URLs that differ in their query count as the same."""

    def crawl(self, session_id: str | None, body: Body) -> Outcome:
        """Takes the queries off."""
        return super().crawl(session_id, {**body, "urls": [url.split("?")[0] for url in body["urls"]]})
