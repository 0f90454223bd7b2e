"""Link graphs of sessions: all their crawls in one graph, worked out once and kept until the next crawl."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from mock_server.apis.zipf.link_graph import LinkGraph, build
from mock_server.apis.zipf.model import Operation
from mock_server.apis.zipf.sessions import Sessions
from mock_server.apis.zipf.web import Web
from mock_server.draw import Draw

KEPT = 32  # graphs that are kept at a time


class Graphs:
    """What the caller sees of the link graphs of sessions. Looking costs nothing."""

    def __init__(self, draw: Draw, sessions: Sessions, web: Web) -> None:
        self._sessions = sessions
        # The graph is a function of the pages crawled and of the web, so that it is kept by its pages.
        made: Callable[[tuple[str, ...]], LinkGraph] = draw.once(
            "zipf.graphs", lambda: lru_cache(KEPT)(lambda crawled: build(crawled, web.links))
        )
        self._graph = made

    def show(self, session_id: str, options: Mapping[str, Any]) -> dict[str, Any]:
        """The graph over all completed crawls of a session. Raises `SessionNotFound`."""
        self._sessions.readable(session_id)
        operations = self._sessions.operations(session_id)
        crawls = [each for each in operations if each["type"] == "crawl" and each["status"] == "completed"]
        pages = tuple(result["url"] for crawl in crawls for result in crawl["results"])
        graph = self._graph(tuple(dict.fromkeys(pages)))
        shown = {"stats": _stats(graph, crawls, len(pages)), "last_updated": _latest(crawls)}
        return shown if options["metadata_only"] else {**shown, **_analysis(graph, options)}


def _stats(graph: LinkGraph, crawls: list[Operation], pages: int) -> dict[str, int]:
    return {
        "total_nodes": len(graph.urls),
        "total_edges": len(graph.edges),
        "operations_included": len(crawls),
        "total_pages_crawled": pages,
    }


def _latest(crawls: list[Operation]) -> str | None:
    return max((crawl["completed_at"] or "" for crawl in crawls), default=None)


def _analysis(graph: LinkGraph, options: Mapping[str, Any]) -> dict[str, Any]:
    """Domains, hubs and authorities are of the whole graph; nodes and edges of what was asked for."""
    analysis: dict[str, Any] = {
        "domain_authority": graph.domain_authority,
        "hubs": graph.foremost("hub"),
        "authorities": graph.foremost("authority"),
    }
    places = graph.ranked(options["sort_by"], options["min_importance"])[: options["node_limit"]]
    if options["include_nodes"]:
        analysis["nodes"] = [graph.node(place) for place in places]
    if options["include_edges"]:
        analysis["edges"] = graph.edges_among(places)
    return analysis
