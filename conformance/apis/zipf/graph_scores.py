"""Requirements on what the page leaves open about link graphs: how scores are scaled, who may look, what is
refused.
"""

from typing import Any

from conformance import expect, needs
from conformance.apis.zipf.client import Zipf
from conformance.apis.zipf.graph import edges, get_link_graph, given_graph, link_graph, nodes, stats
from conformance.apis.zipf.needs import pages
from conformance.requirement import Level, assumed, requirement

CLOSE = 1e-6
WHOLE: dict[str, Any] = {"node_limit": 1000, "include_edges": True}


def close(what: str, got: dict[str, float], expected: dict[str, float]) -> None:
    """Expect numbers by name to be close to others."""
    far = {
        name: [got.get(name), value]
        for name, value in expected.items()
        if abs(got.get(name, -1.0) - value) > CLOSE
    }
    expect.that(not far, expected=f"{what} as a library has it", got=far)


@requirement(
    "ZIPF-GRAPH-10",
    level=Level.MUST,
    origin=assumed("The page does not say how scores are scaled; PageRank is a distribution."),
    operations=["get_link_graph"],
    needs=[needs.credit, pages(2)],
)
def scores_add_up(api: Zipf) -> None:
    """Over the whole graph PageRank adds up to one, edges agree with inlinks, and stats count both."""
    found = link_graph(api, given_graph(api, 2), **WHOLE)
    listed, targets = nodes(found), [each.get("target") for each in edges(found)]
    total = sum(each.get("pagerank", 0) for each in listed)
    expect.that(abs(total - 1) < CLOSE, expected="PageRank that adds up to one", got=total)
    inlinks = {each["url"]: targets.count(each["url"]) for each in listed}
    expect.equal("inlinks", {each["url"]: each.get("inlinks") for each in listed}, inlinks)
    expect.includes("stats", stats(found), {"total_nodes": len(listed), "total_edges": len(targets)})


@requirement(
    "ZIPF-GRAPH-11",
    level=Level.MUST,
    origin=assumed("The page names PageRank and HITS and not their parameters; 0.85 is the usual damping."),
    operations=["get_link_graph"],
    needs=[needs.credit, pages(2)],
)
def scores_are_those_of_a_library(api: Zipf) -> None:
    """PageRank, hub and authority of each node are what a library computes from nodes and edges."""
    import rustworkx  # noqa: PLC0415  # only this requirement needs it

    found = link_graph(api, given_graph(api, 2), **WHOLE)
    urls = [str(each["url"]) for each in nodes(found)]
    places = {url: place for place, url in enumerate(urls)}
    library: rustworkx.PyDiGraph[str, None] = rustworkx.PyDiGraph()
    library.add_nodes_from(urls)
    links = [(places[each["source"]], places[each["target"]]) for each in edges(found)]
    library.add_edges_from_no_data(links)
    ranks = rustworkx.pagerank(library, alpha=0.85, tol=1e-12, max_iter=1000)
    hubs, authorities = rustworkx.hits(library, tol=1e-10, max_iter=1000)
    for name, scores in (("pagerank", ranks), ("hub", hubs), ("authority", authorities)):
        close(
            name,
            {str(each["url"]): each.get(name, -1.0) for each in nodes(found)},
            {url: scores[place] for url, place in places.items()},
        )


@requirement(
    "ZIPF-GRAPH-12",
    level=Level.MUST,
    origin=assumed("The page shows only a session with crawls, and does not say what else is in the stats."),
    operations=["get_link_graph"],
    needs=[needs.credit, pages(1)],
)
def stats_are_of_the_whole_graph(api: Zipf) -> None:
    """A session without crawls has a graph of nothing; stats are of all there is, whatever was asked for."""
    empty = link_graph(api, api.given_session(), **WHOLE)
    expect.equal("stats without crawls", set(stats(empty).values()), {0})
    expect.equal("last_updated without crawls", empty.get("last_updated"), None)
    id_ = given_graph(api)
    whole = link_graph(api, id_)
    part = link_graph(api, id_, node_limit=1, min_importance=0.5, include_nodes=False)
    expect.equal("stats of a part", stats(part), stats(whole))
    expect.instant("last_updated", whole.get("last_updated"))


@requirement(
    "ZIPF-GRAPH-13",
    level=Level.MUST,
    origin=assumed("The page gives ranges and no refusals; who may read a session may look at its graph."),
    operations=["get_link_graph"],
    actors=["member", "outsider"],
    needs=[needs.credit, pages(1), needs.organization("shared")],
)
def graphs_are_for_readers(api: Zipf) -> None:
    """Viewers look at the graph of a shared session, strangers get 404; what is out of range is refused with
    400.
    """
    id_ = given_graph(api)
    api.given_shared(id_)
    get_link_graph(api, id_, "member").has_status(200)
    get_link_graph(api, id_, "outsider").has_status(404)
    wrong: list[dict[str, Any]] = [
        {"node_limit": 0}, {"node_limit": 1001}, {"sort_by": "url"}, {"min_importance": -1}
    ]  # fmt: skip
    for query in wrong:
        get_link_graph(api, id_, **query).has_status(400)
