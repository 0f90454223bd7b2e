"""Reads link graphs: the page describes them without saying at which path they are."""

from typing import Any

from conformance import expect
from conformance.apis.zipf.client import Zipf
from conformance.outcome import Inconclusive
from conformance.reply import Reply

PATH = "/sessions/{id}/link-graph"
SETTING = "link_graph_path"


def get_link_graph(api: Zipf, id_: str, actor: str | None = "owner", **query: Any) -> Reply:
    """GET the link graph of a session; truth values are sent as `true` and `false`.

    Raises:
        Inconclusive: nothing is at the path we assume, and the target names no other.
    """
    texts = {
        name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in query.items()
    }
    named = api.http.target.settings.get(SETTING)
    reply = api.http.request("GET", str(named or PATH).replace("{id}", id_), actor=actor, query=texts)
    if named is None and not api.http.target.disposable and reply.status in (404, 405, 501):
        raise Inconclusive(f"no link graph is at {PATH}; settings.{SETTING} can name another path")
    return reply


def link_graph(api: Zipf, id_: str, **query: Any) -> dict[str, Any]:
    """Return the link graph of a session of the owner's."""
    body = get_link_graph(api, id_, **query).succeeded().object()
    graph = expect.member("the reply", body, "link_graph")
    expect.that(isinstance(graph, dict), expected="link_graph an object", got=graph)
    return dict(graph)


def nodes(graph: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the nodes of a graph; nothing and no list are no nodes."""
    found = graph.get("nodes")
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def edges(graph: dict[str, Any]) -> list[Any]:
    """Return the edges of a graph: a list under a name that speaks of them."""
    lists = [value for name, value in graph.items() if "edge" in name.lower() and isinstance(value, list)]
    return lists[0] if lists else []


def stats(graph: dict[str, Any]) -> dict[str, Any]:
    """Return the stats of a graph."""
    found = expect.member("link_graph", graph, "stats")
    return found if isinstance(found, dict) else {}


def numbers(listed: list[dict[str, Any]], name: str) -> list[float]:
    """Return the numbers that objects have under a name, as far as they are numbers."""
    values = [each.get(name) for each in listed]
    return [each for each in values if isinstance(each, int | float) and not isinstance(each, bool)]


def given_graph(api: Zipf, pages: int = 1) -> str:
    """Return a session that has crawled so many pages, each by a crawl of its own."""
    id_ = api.given_session()
    for page in api.pages(pages):
        api.given_crawl(id_, page)
    return id_
