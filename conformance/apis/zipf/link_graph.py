"""Requirements on link graphs, as far as the page describes them."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from conformance import expect, needs
from conformance.apis.zipf import graph, reading
from conformance.apis.zipf.client import Zipf, refused_or
from conformance.apis.zipf.graph import given_graph, link_graph, nodes, numbers, stats
from conformance.apis.zipf.needs import pages
from conformance.expect import settled
from conformance.outcome import Inconclusive
from conformance.requirement import Level, documented, requirement

COUNTS = ("total_nodes", "total_edges", "operations_included", "total_pages_crawled")
ANALYSIS = ("domain_authority", "hubs", "authorities", "nodes", "last_updated")


def descending(values: list[float]) -> bool:
    """Say whether numbers never rise."""
    return all(first >= second for first, second in pairwise(values))


@requirement(
    "ZIPF-GRAPH-01",
    level=Level.MUST,
    origin=documented(
        'Includes cumulative PageRank, domain authority, and HITS analysis. {"session_id": "uuid", '
        '"link_graph": {"stats", "domain_authority", "hubs", "authorities", "nodes", "last_updated"}}'
    ),
    operations=["get_link_graph"],
    needs=[needs.credit, pages(1)],
)
def graphs_have_their_parts(api: Zipf) -> None:
    """The link graph of a session with a crawl names the session and holds stats, domains, hubs, authorities,
    nodes and the time of the last update.
    """
    id_ = given_graph(api)
    body = graph.get_link_graph(api, id_).succeeded().object()
    expect.equal("session_id", body.get("session_id"), id_)
    found = link_graph(api, id_)
    for name in ANALYSIS:
        expect.member("link_graph", found, name)
    for name in COUNTS:
        expect.count(name, stats(found).get(name))
    for node in nodes(found):
        for name in ("url", "pagerank", "inlinks"):
            expect.member("a node", node, name)


@requirement(
    "ZIPF-GRAPH-02",
    level=Level.MUST,
    origin=documented("Get aggregated link graph across all crawls in a session."),
    operations=["get_link_graph", "crawl_in_session"],
    needs=[needs.credit, pages(2)],
)
def graphs_are_of_all_crawls(api: Zipf) -> None:
    """The graph includes every crawl of the session, and the next one when that is done; searches are not
    crawls.
    """
    id_ = api.given_session()
    api.given_search(id_)
    for number, page in enumerate(api.pages(2), start=1):
        api.given_crawl(id_, page)
        read = settled(lambda: stats(link_graph(api, id_)), includes(number))
        expect.equal("operations_included", read.get("operations_included"), number)
        pages = expect.count("total_pages_crawled", read.get("total_pages_crawled"))
        expect.that(pages >= number, expected=f"at least {number} pages crawled", got=pages)


def includes(number: int) -> Callable[[dict[str, Any]], bool]:
    """Return whether stats include so many operations."""
    return lambda found: found.get("operations_included") == number


@requirement(
    "ZIPF-GRAPH-03",
    level=Level.MUST,
    origin=documented("include_nodes: default true. Include node data in response"),
    operations=["get_link_graph"],
    needs=[needs.credit, pages(1)],
)
def nodes_can_be_declined(api: Zipf) -> None:
    """Nodes are in the reply unless `include_nodes` is false."""
    id_ = given_graph(api)
    expect.that(bool(nodes(link_graph(api, id_))), expected="nodes by default", got=[])
    declined = nodes(link_graph(api, id_, include_nodes=False))
    expect.equal("nodes with include_nodes=false", declined, [])


@requirement(
    "ZIPF-GRAPH-04",
    level=Level.MUST,
    origin=documented("include_edges: default false. Include edge data (can be large)"),
    operations=["get_link_graph"],
    needs=[needs.credit, pages(1)],
)
def edges_come_on_request(api: Zipf) -> None:
    """Edges are in the reply when `include_edges` is true, and only then."""
    id_ = given_graph(api)
    plain, full = link_graph(api, id_), link_graph(api, id_, include_edges=True, node_limit=1000)
    if not stats(plain).get("total_edges"):
        raise Inconclusive("the page that was crawled links to nothing")
    expect.equal("edges by default", graph.edges(plain), [])
    expect.that(bool(graph.edges(full)), expected="edges with include_edges=true", got=sorted(full))


@requirement(
    "ZIPF-GRAPH-05",
    level=Level.MUST,
    origin=documented("node_limit: default 100. Max nodes to return (1-1000)"),
    operations=["get_link_graph"],
    needs=[needs.credit, pages(1)],
)
def nodes_are_limited(api: Zipf) -> None:
    """At most `node_limit` nodes are returned, 100 by default; beyond 1 to 1000 there are never more."""
    id_ = given_graph(api)
    for limit, query in ((1, {"node_limit": 1}), (1000, {"node_limit": 1000}), (100, {})):
        found = nodes(link_graph(api, id_, **query))
        expect.that(1 <= len(found) <= limit, expected=f"1 to {limit} nodes", got=len(found))
    for beyond in (0, 1001):
        reply = graph.get_link_graph(api, id_, node_limit=beyond)
        listed = reading.found(reply.exchange.reply_json(), "nodes")
        count = sum(len(each) for each in listed if isinstance(each, list))
        refused_or(reply, count <= 1000, expected="a refusal, or no more than 1000 nodes", got=count)


@requirement(
    "ZIPF-GRAPH-06",
    level=Level.MUST,
    origin=documented("sort_by: default pagerank. Sort nodes by: pagerank, inlinks, authority, hub"),
    operations=["get_link_graph"],
    needs=[needs.credit, pages(1)],
)
def nodes_are_sorted(api: Zipf) -> None:
    """Nodes come in the order of PageRank, or of inlinks, authority or hub score when that is asked for."""
    id_ = given_graph(api)
    for name, query in (("pagerank", {}), *((each, {"sort_by": each}) for each in ("pagerank", "inlinks"))):
        values = numbers(nodes(link_graph(api, id_, **query)), name)
        expect.that(descending(values), expected=f"nodes with descending {name}", got=values)
    for name, part in (("authority", "authorities"), ("hub", "hubs")):
        ordered = link_graph(api, id_, sort_by=name)
        expect.that(leads(ordered, part), expected=f"a node with the highest {name} first", got=ordered)


def leads(found: dict[str, Any], part: str) -> bool:
    """Say whether the first node is one with the highest score of a list; true when there is no list."""
    scored = [each for each in found.get(part) or () if isinstance(each, dict)]
    best = max(numbers(scored, "score"), default=None)
    urls = [each.get("url") for each in scored if each.get("score") == best]
    return not urls or not nodes(found) or nodes(found)[0].get("url") in urls


@requirement(
    "ZIPF-GRAPH-07",
    level=Level.MUST,
    origin=documented("min_importance: default 0. Filter nodes by minimum PageRank score"),
    operations=["get_link_graph"],
    needs=[needs.credit, pages(1)],
)
def unimportant_nodes_are_left_out(api: Zipf) -> None:
    """With `min_importance` exactly the nodes with at least that PageRank are returned."""
    id_ = given_graph(api)
    everything = nodes(link_graph(api, id_, node_limit=1000))
    ranks = sorted(numbers(everything, "pagerank"))
    if len(set(ranks)) < 2 or len(everything) == 1000:
        raise Inconclusive("all pages of the graph are equally important, or there are too many")
    least = (ranks[0] + ranks[-1]) / 2
    expected = {str(each.get("url")) for each in everything if each.get("pagerank", 0) >= least}
    kept = nodes(link_graph(api, id_, node_limit=1000, min_importance=least))
    expect.equal("nodes", sorted({str(each.get("url")) for each in kept}), sorted(expected))


@requirement(
    "ZIPF-GRAPH-08",
    level=Level.MUST,
    origin=documented("metadata_only: default false. Return only cached stats (faster)"),
    operations=["get_link_graph"],
    needs=[needs.credit, pages(1)],
)
def metadata_is_only_stats(api: Zipf) -> None:
    """With `metadata_only` the stats are returned without nodes, edges, hubs and authorities."""
    id_ = given_graph(api)
    whole = stats(link_graph(api, id_))
    only = link_graph(api, id_, metadata_only=True)
    expect.equal("stats", stats(only), whole)
    more = [name for name in ("nodes", "edges", "hubs", "authorities") if only.get(name)]
    expect.equal("what there is beside the stats", more, [])


@requirement(
    "ZIPF-GRAPH-09",
    level=Level.MUST,
    origin=documented("Link graph: Cost: FREE"),
    operations=["get_link_graph", "get_timeline"],
    needs=[needs.credit, pages(1)],
)
def graphs_are_free(api: Zipf) -> None:
    """Looking at the graph is no operation of the session and adds nothing to what it has cost."""
    id_ = given_graph(api)
    before = [reading.credits_of(each) for each in api.timeline(id_)]
    link_graph(api, id_)
    after = [reading.credits_of(each) for each in api.timeline(id_)]
    expect.equal("credits of the operations", after, before)
