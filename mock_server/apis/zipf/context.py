"""The context that operations build up for the AI features."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from mock_server.apis.zipf.model import Operation, Session
from mock_server.apis.zipf.vocabulary import AUTHORITIES
from mock_server.apis.zipf.web import Page

RECENT = 10
FOREMOST = 10
DOMINANT_SHARE = 0.2

Counts = Mapping[str, int]


def traits(pages: Sequence[Page]) -> dict[str, Counts]:
    """What the pages of one operation add to the context."""
    return {
        "document_types": Counter(page.document_type for page in pages),
        "content_types": Counter(page.content_type for page in pages),
        "entities": Counter(entity for page in pages for entity in page.entities),
        "keywords": Counter(word for page in pages for word in page.keywords),
    }


def context_summary(session: Session, operations: Sequence[Operation]) -> dict[str, Any]:
    """What a session knows; nothing when it does not accumulate context."""
    counted = operations if session["session_config"]["accumulate_context"] else ()
    queries = [operation["query"] for operation in reversed(counted) if operation["query"] is not None]
    urls = {result["url"] for operation in counted for result in operation["results"]}
    types = _sum(counted, "document_types")
    authorities = Counter[str]()
    for kind, count in types.items():
        authorities[AUTHORITIES.get(kind, "")] += count
    return {
        "recent_queries": list(dict.fromkeys(queries))[:RECENT],
        "domain_frequency": dict(_ranked(Counter(urlsplit(url).netloc for url in urls))),
        "dominant_document_types": _dominant(types),
        "dominant_content_types": _dominant(_sum(counted, "content_types")),
        "authority_preference": next((name for name in _dominant(authorities) if name), None),
        "entities": [name for name, _ in _ranked(_sum(counted, "entities"))[:FOREMOST]],
        "keywords": [name for name, _ in _ranked(_sum(counted, "keywords"))[:FOREMOST]],
    }


def _sum(operations: Iterable[Operation], trait: str) -> Counter[str]:
    total = Counter[str]()
    for operation in operations:
        total.update(operation["traits"].get(trait, {}))
    return total


def _ranked(counts: Counts) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def _dominant(counts: Counts) -> list[str]:
    """What makes up a fifth of the whole, or more; the most frequent first."""
    least = DOMINANT_SHARE * sum(counts.values())
    return [name for name, count in _ranked(counts) if count >= least]
