"""The link graph of crawled pages: who links to whom, and how important that makes each page."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

Links = Callable[[str], Sequence[str]]
Scores = Sequence[float]

DAMPING = 0.85
FOREMOST = 10
# HITS comes to its end slowly on some graphs; then it has to be content with less.
TOLERANCES = (1e-10, 1e-8, 1e-6, 1e-4)


@dataclass(frozen=True, slots=True)
class LinkGraph:
    """A graph of pages, crawled or only linked to. Scores stand in the order of `urls`; edges name places.

    PageRank adds up to one over the graph, and so do hubs and authorities where there is any link. The
    authority of a domain is the PageRank of its pages, as a part of what the foremost domain has.
    """

    urls: tuple[str, ...]
    edges: tuple[tuple[int, int], ...]
    pagerank: Scores
    hub: Scores
    authority: Scores
    inlinks: Sequence[int]
    outlinks: Sequence[int]
    domain_authority: dict[str, float]

    def ranked(self, by: str, least_pagerank: float = 0.0) -> list[int]:
        """Places of the pages with at least this PageRank, the highest by one of the scores first."""
        scores: Scores = getattr(self, by)
        places = [place for place, score in enumerate(self.pagerank) if score >= least_pagerank]
        return sorted(places, key=lambda place: (-scores[place], self.urls[place]))

    def foremost(self, by: str) -> list[dict[str, Any]]:
        """The pages with the highest hub or authority scores, none without."""
        scores: Scores = getattr(self, by)
        places = self.ranked(by)[:FOREMOST]
        return [{"url": self.urls[each], "score": scores[each]} for each in places if scores[each] > 0]

    def node(self, place: int) -> dict[str, Any]:
        """A page as replies show it."""
        return {
            "url": self.urls[place],
            "pagerank": self.pagerank[place],
            "inlinks": self.inlinks[place],
            "outlinks": self.outlinks[place],
            "authority": self.authority[place],
            "hub": self.hub[place],
        }

    def edges_among(self, places: Sequence[int]) -> list[dict[str, str]]:
        """The links between some of the pages, as replies show them."""
        among = set(places)
        return [
            {"source": self.urls[source], "target": self.urls[target]}
            for source, target in self.edges
            if source in among and target in among
        ]


def build(crawled: Sequence[str], links: Links) -> LinkGraph:
    """The graph of these pages, each counted once, and of those that they link to."""
    places: dict[str, int] = {url: place for place, url in enumerate(dict.fromkeys(crawled))}
    edges: list[tuple[int, int]] = []
    for source, url in enumerate(tuple(places)):
        edges += [(source, places.setdefault(target, len(places))) for target in links(url)]
    urls = tuple(places)
    inlinks, outlinks = Counter(target for _, target in edges), Counter(source for source, _ in edges)
    pagerank, hub, authority = _scores(len(urls), edges)
    return LinkGraph(
        urls=urls,
        edges=tuple(edges),
        pagerank=pagerank,
        hub=hub,
        authority=authority,
        inlinks=[inlinks[place] for place in range(len(urls))],
        outlinks=[outlinks[place] for place in range(len(urls))],
        domain_authority=_domain_authority(urls, pagerank),
    )


def _scores(size: int, edges: Sequence[tuple[int, int]]) -> tuple[Scores, Scores, Scores]:
    """PageRank, hubs and authorities."""
    from rustworkx import PyDiGraph, pagerank  # noqa: PLC0415  # only who asks for a graph needs it

    if not size:
        return (), (), ()
    graph: PyDiGraph[int, None] = PyDiGraph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from_no_data(list(edges))
    ranks = pagerank(graph, alpha=DAMPING, tol=1e-12, max_iter=1000)
    hubs, authorities = _hits(graph) if edges else ({}, {})
    return (
        [ranks[place] for place in range(size)],
        [max(0.0, hubs[place]) if hubs else 0.0 for place in range(size)],
        [max(0.0, authorities[place]) if authorities else 0.0 for place in range(size)],
    )


def _hits(graph: Any) -> Any:
    from rustworkx import FailedToConverge, hits  # noqa: PLC0415  # as above

    for tolerance in TOLERANCES:
        try:
            return hits(graph, tol=tolerance, max_iter=1000)
        except FailedToConverge:
            continue
    return {}, {}


def _domain_authority(urls: Sequence[str], pagerank: Scores) -> dict[str, float]:
    sums: defaultdict[str, float] = defaultdict(float)
    for url, rank in zip(urls, pagerank, strict=True):
        sums[urlsplit(url).netloc] += rank
    highest = max(sums.values(), default=1.0)
    ranked = sorted(sums.items(), key=lambda each: (-each[1], each[0]))
    return {domain: total / highest for domain, total in ranked}
