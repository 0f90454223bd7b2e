"""Saboteurs of Zipf: context, intents, reranking."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mock_server.apis.zipf.model import Session
from mock_server.apis.zipf.ranking import Guidance
from mock_server.apis.zipf.research import Outcome, Research
from mock_server.apis.zipf.sessions import Sessions
from tests.saboteurs import saboteur
from tests.saboteurs.zipf import parts

Body = Mapping[str, Any]


def configured(session: Session, **config: Any) -> Session:
    """The session with another configuration."""
    return {**session, "session_config": {**session["session_config"], **config}}


@parts.sessions("ZIPF-CONTEXT-01")
class AccumulatesAnyway(Sessions):
    """Context is built up, whatever the configuration says."""

    def create(self, body: Body) -> Session:
        """Switches it on."""
        config = {**body.get("session_config", {}), "accumulate_context": True}
        return super().create({**body, "session_config": config})


@saboteur.reply("ZIPF-CONTEXT-02", "get_session")
def begins_with_the_oldest(body: Any) -> Any:
    """Recent queries come in the order in which they were asked."""
    summary = body["context_summary"]
    return {**body, "context_summary": {**summary, "recent_queries": summary["recent_queries"][::-1]}}


@parts.research("ZIPF-INTENT-01")
class AddsNoWords(Research):
    """An intent adds no words to a query."""

    def _guidance(self, session: Session | None) -> Guidance:
        return Literal(**fields_of(super()._guidance(session)))


class Literal(Guidance):
    """Guidance that leaves queries as they are."""

    def rewritten(self, query: str) -> str:
        """As it is."""
        return query


@parts.research("ZIPF-INTENT-02")
class KnowsNoIntent(Research):
    """An intent has no effect on the order of results."""

    def _guidance(self, session: Session | None) -> Guidance:
        return replace(super()._guidance(session), intent=None)


@parts.research("ZIPF-RERANK-01")
class HidesWhenReranking(Research):
    """A reranked search leaves out what the session has found."""

    def search(self, session_id: str | None, body: Body) -> Outcome:
        """Filters, too."""
        return super().search(session_id, {**body, "filter_seen_urls": body.get("rerank_results", False)})


@parts.research("ZIPF-RERANK-02")
class KnowsNoDominantTypes(Research):
    """Dominant kinds of document are not put forward, nor is the preferred authority."""

    def _guidance(self, session: Session | None) -> Guidance:
        guidance = super()._guidance(session)
        forgotten: Body = {
            "dominant_document_types": (),
            "authority_preference": None,
            "domain_frequency": {},
        }
        return replace(guidance, context={**guidance.context, **forgotten})


@parts.research("ZIPF-RERANK-03")
class UsesContextUninvited(Research):
    """Context is used although the session does not want that."""

    def _guidance(self, session: Session | None) -> Guidance:
        wanted = {"use_session_context": True, "accumulate_context": True}
        return super()._guidance(None if session is None else configured(session, **wanted))


def fields_of(guidance: Guidance) -> dict[str, Any]:
    """What guidance consists of."""
    return {"intent": guidance.intent, "context": guidance.context}
