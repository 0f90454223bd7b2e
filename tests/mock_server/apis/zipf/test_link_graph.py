"""The link graph of a session: scores, parameters, and how fast it is."""

from itertools import pairwise
from random import Random
from typing import Any

import pytest

from mock_server.apis.zipf.link_graph import build
from tests.mock_server.apis.zipf.callers import Callers


@pytest.fixture
def crawled(zipf: Callers) -> str:
    """A session with two crawls of three pages."""
    session_id = zipf.session()
    zipf.crawl(session_id, "https://a.example/", "https://b.example/")
    zipf.crawl(session_id, "https://c.example/")
    return session_id


def graph(zipf: Callers, session_id: str, query: str = "") -> dict[str, Any]:
    """The link graph of a session."""
    reply = zipf.get(f"/sessions/{session_id}/link-graph?{query}")
    assert reply["session_id"] == session_id
    return dict(reply["link_graph"])


def test_without_crawls_there_is_an_empty_graph(zipf: Callers) -> None:
    """Zero everywhere, and no time at which it was updated."""
    found = graph(zipf, zipf.session(), "include_edges=true")

    assert set(found["stats"].values()) == {0}
    assert (found["nodes"], found["edges"], found["hubs"], found["last_updated"]) == ([], [], [], None)


def test_all_crawls_are_in_it(zipf: Callers, crawled: str) -> None:
    """Stats are those of the whole graph, which has more pages than were crawled."""
    stats = graph(zipf, crawled, "node_limit=1")["stats"]

    assert (stats["operations_included"], stats["total_pages_crawled"]) == (2, 3)
    assert stats["total_nodes"] > 3 < stats["total_edges"]


def test_edges_agree_with_inlinks(zipf: Callers, crawled: str) -> None:
    """Each node has as many inlinks as edges lead to it, and PageRank adds up to one."""
    found = graph(zipf, crawled, "include_edges=true&node_limit=1000")
    targets = [edge["target"] for edge in found["edges"]]

    assert all(targets.count(node["url"]) == node["inlinks"] for node in found["nodes"])
    assert sum(node["pagerank"] for node in found["nodes"]) == pytest.approx(1)
    assert sum(node["authority"] for node in found["nodes"]) == pytest.approx(1)


@pytest.mark.parametrize("by", ["pagerank", "inlinks", "authority", "hub"])
def test_nodes_are_sorted(zipf: Callers, crawled: str, by: str) -> None:
    """The highest first, by whichever score was asked for."""
    values = [node[by] for node in graph(zipf, crawled, f"sort_by={by}")["nodes"]]

    assert all(first >= second for first, second in pairwise(values))


def test_less_important_nodes_are_left_out(zipf: Callers, crawled: str) -> None:
    """Only nodes with at least the PageRank asked for remain."""
    nodes = graph(zipf, crawled)["nodes"]
    least = nodes[len(nodes) // 2]["pagerank"]

    assert graph(zipf, crawled, f"min_importance={least}")["nodes"] == [
        node for node in nodes if node["pagerank"] >= least
    ]


@pytest.mark.parametrize(
    ("query", "nodes", "edges"),
    [("", True, False), ("include_nodes=false", False, False), ("include_edges=true", True, True)],
)
def test_nodes_and_edges_come_when_asked_for(
    zipf: Callers, crawled: str, query: str, nodes: bool, edges: bool
) -> None:
    """Nodes unless declined, edges only on request."""
    found = graph(zipf, crawled, query)

    assert ("nodes" in found, "edges" in found) == (nodes, edges)


def test_metadata_comes_alone(zipf: Callers, crawled: str) -> None:
    """Only stats, and when they were made."""
    assert graph(zipf, crawled, "metadata_only=true").keys() == {"stats", "last_updated"}


def test_the_graph_is_kept_until_the_next_crawl(zipf: Callers, crawled: str) -> None:
    """Looking again changes nothing; another crawl does. Nobody pays for looking."""
    balance = zipf.get("/")["user"]["credits_balance"]
    first, again = graph(zipf, crawled), graph(zipf, crawled)
    assert zipf.get("/")["user"]["credits_balance"] == balance
    zipf.crawl(crawled, "https://d.example/")

    assert first == again
    assert graph(zipf, crawled)["stats"]["operations_included"] == 3


@pytest.mark.parametrize("query", ["node_limit=0", "node_limit=1001", "sort_by=url", "min_importance=-1"])
def test_what_is_out_of_range_is_refused(zipf: Callers, crawled: str, query: str) -> None:
    """Parameters outside their range answer 400."""
    assert zipf.send("GET", f"/sessions/{crawled}/link-graph?{query}").status_code == 400


def test_viewers_see_it_and_strangers_do_not(zipf: Callers, crawled: str) -> None:
    """Whoever may read the session may look at its graph."""
    zipf.share(crawled, shared_with_org=True, organization_id="org-northwind")

    statuses = [
        zipf.send("GET", f"/sessions/{crawled}/link-graph", by=each).status_code
        for each in ("member", "outsider")
    ]
    assert statuses == [200, 404]


def test_scores_of_a_known_graph() -> None:
    """A page that two link to has the highest PageRank and all authority; the two are equal hubs."""
    links = {"https://a/": ["https://c/"], "https://b/": ["https://c/"], "https://c/": []}
    found = build(tuple(links), lambda url: links[url])

    assert found.urls[found.ranked("pagerank")[0]] == "https://c/"
    assert found.authority == pytest.approx([0, 0, 1])
    assert found.hub == pytest.approx([0.5, 0.5, 0])
    assert found.domain_authority["c"] == 1.0


def test_a_graph_without_links_has_no_authorities() -> None:
    """Every page is as important as every other, and none is a hub."""
    found = build(("https://a/", "https://b/"), lambda _: ())

    assert found.pagerank == pytest.approx([0.5, 0.5])
    assert found.foremost("hub") == found.foremost("authority") == []


def test_a_large_graph_is_complete() -> None:
    """10,000 pages with 50,000 links have their scores, which add up."""
    random, urls = Random(1), [f"https://{number % 99}.example/{number}" for number in range(10_000)]
    links = {url: random.sample(urls, 5) for url in urls}
    found = build(urls, lambda url: links[url])

    assert (len(found.urls), len(found.edges)) == (10_000, 50_000)
    assert sum(found.pagerank) == pytest.approx(1)
    assert sum(found.hub) == pytest.approx(1)
