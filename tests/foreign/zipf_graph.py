"""The link graph of the foreign Zipf server: scores in percent, edges as pairs, stats beside others."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

Record = dict[str, Any]
NAMES = {"pagerank": "pagerank", "inlinks": "inlinks", "authority": "inlinks", "hub": "outlinks"}


def links(url: str) -> list[str]:
    """Return where a page links to: below itself, and to a page that everybody links to."""
    return [f"{url}/one", f"{url}/two", "https://everybody.example/"]


def link_graph(crawls: Sequence[Sequence[str]], query: dict[str, str]) -> Record:
    """Return the graph over crawls, each the URLs of its pages."""
    crawled = list(dict.fromkeys(url for crawl in crawls for url in crawl))
    edges = [(url, target) for url in crawled for target in links(url)]
    into, out = Counter(target for _, target in edges), Counter(source for source, _ in edges)
    urls = list(dict.fromkeys([*crawled, *(target for _, target in edges)]))
    stats = {
        "total_nodes": len(urls),
        "total_edges": len(edges),
        "operations_included": len(crawls),
        "total_pages_crawled": sum(map(len, crawls)),
        "cached": True,
    }
    if query.get("metadata_only") == "true":
        return {"stats": stats}
    total = len(edges) + len(urls) or 1
    listed = [
        {"url": url, "pagerank": 100 * (into[url] + 1) / total, "inlinks": into[url], "outlinks": out[url]}
        for url in urls
    ]
    graph: Record = {
        "stats": stats,
        "domain_authority": {url.split("/")[2]: 100.0 for url in urls},
        "hubs": scored(listed, "outlinks"),
        "authorities": scored(listed, "inlinks"),
        "last_updated": "2026-01-27T13:00:00+01:00",
    }
    if query.get("include_edges") == "true":
        graph["edge_list"] = edges
    return graph | ({} if query.get("include_nodes") == "false" else {"nodes": chosen(listed, query)})


def chosen(listed: list[Record], query: dict[str, str]) -> list[Record]:
    """Return the nodes asked for; a limit beyond the bounds is clamped."""
    limit = min(max(int(query.get("node_limit", 100)), 1), 1000)
    name, least = NAMES[query.get("sort_by", "pagerank")], float(query.get("min_importance", 0))
    passing = [node for node in listed if node["pagerank"] >= least]
    return sorted(passing, key=lambda node: -node[name])[:limit]


def scored(listed: list[Record], name: str) -> list[Record]:
    """Return pages with one of their numbers as score, the highest first."""
    ranked = sorted(listed, key=lambda node: -node[name])
    return [{"url": node["url"], "score": node[name] / 10} for node in ranked[:5]]
