"""The context that operations build up for the AI features."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from mock_server.apis.zipf.model import Operation, Session

RECENT = 10


def context_summary(session: Session, operations: Sequence[Operation]) -> dict[str, Any]:
    """What a session knows; nothing when it does not accumulate context."""
    counted = operations if session["session_config"]["accumulate_context"] else ()
    queries = [operation["query"] for operation in reversed(counted) if operation["query"] is not None]
    urls = {result["url"] for operation in counted for result in operation["results"]}
    domains = Counter(urlsplit(url).netloc for url in urls)
    return {
        "recent_queries": list(dict.fromkeys(queries))[:RECENT],
        "domain_frequency": dict(sorted(domains.items(), key=lambda each: (-each[1], each[0]))),
        "dominant_document_types": [],
        "dominant_content_types": [],
        "authority_preference": None,
        "entities": [],
        "keywords": [],
    }
