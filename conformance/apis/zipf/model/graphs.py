"""Compares link graphs with the crawls of their session and with what was asked for."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from conformance.apis.zipf import graph
from conformance.apis.zipf.model.knowledge import Session
from conformance.apis.zipf.model.pages import whole
from conformance.exchange import Exchange
from conformance.model import Suspicion
from conformance.shadow import Json, query_of, suspicion

PARAMETERS = (
    "include_nodes", "include_edges", "node_limit", "sort_by", "min_importance", "metadata_only",
)  # fmt: skip
ORDERS = ("pagerank", "inlinks", "authority", "hub")
BEYOND_STATS = ("nodes", "edges", "hubs", "authorities")
DEFAULT_LIMIT, MOST_NODES = 100, 1000


def compare(session: Session, exchange: Exchange) -> Iterator[Suspicion]:
    """Compare the link graph of a session."""
    body, query = exchange.reply_json(), query_of(exchange, PARAMETERS)
    found = body.get("link_graph") if isinstance(body, dict) else None
    if not isinstance(found, dict) or query is None:
        return
    only_stats = query.get("metadata_only") == "true"
    if only_stats and any(found.get(name) for name in BEYOND_STATS):
        yield suspicion("ZIPF-GRAPH-08", session.id, "only stats with metadata_only", sorted(found))
    if not only_stats:  # with it they may be those of a moment ago
        yield from included(session, found)
    yield from parts(session, found, query)
    yield from chosen(session, graph.nodes(found), query)


def included(session: Session, found: Json) -> Iterator[Suspicion]:
    """Compare how many crawls the graph is of."""
    stats = found.get("stats")
    count = stats.get("operations_included") if isinstance(stats, dict) else None
    if isinstance(count, int) and count not in session.graphs:
        yield suspicion("ZIPF-GRAPH-02", session.id, f"a graph of {session.graphs} crawls", count)


def parts(session: Session, found: Json, query: dict[str, str]) -> Iterator[Suspicion]:
    """Compare whether there are nodes and edges with what was asked for."""
    if query.get("include_nodes") == "false" and graph.nodes(found):
        yield suspicion("ZIPF-GRAPH-03", session.id, "no nodes with include_nodes=false", sorted(found))
    if query.get("include_edges", "false") == "false" and graph.edges(found):
        yield suspicion("ZIPF-GRAPH-04", session.id, "no edges, for nobody asked for them", sorted(found))


def chosen(session: Session, nodes: list[Json], query: dict[str, str]) -> Iterator[Suspicion]:
    """Compare number, order and importance of the nodes with what was asked for."""
    limit = whole(query.get("node_limit", str(DEFAULT_LIMIT)))
    if limit is not None and len(nodes) > (limit if 1 <= limit <= MOST_NODES else MOST_NODES):
        yield suspicion("ZIPF-GRAPH-05", session.id, f"{limit} nodes at the most", len(nodes))
    order = query.get("sort_by", ORDERS[0])
    ranked = graph.numbers(nodes, order)
    if order in ORDERS and len(ranked) == len(nodes) and any(a < b for a, b in pairwise(ranked)):
        yield suspicion("ZIPF-GRAPH-06", session.id, f"nodes with descending {order}", ranked)
    least, ranks = fraction(query.get("min_importance")), graph.numbers(nodes, "pagerank")
    if least is not None and any(rank < least for rank in ranks):
        yield suspicion("ZIPF-GRAPH-07", session.id, f"only nodes with a PageRank of {least}", min(ranks))


def fraction(text: str | None) -> Any:
    """Return the number that a text writes, or None."""
    try:
        return None if text is None else float(text)
    except ValueError:
        return None
