"""Saboteurs of Zipf: link graphs."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.zipf.errors import SessionNotFound
from mock_server.apis.zipf.graphs import Graphs
from mock_server.apis.zipf.operations import Operations
from mock_server.apis.zipf.service import Zipf
from mock_server.reply import Reply
from tests.saboteurs import saboteur
from tests.saboteurs.zipf import parts

Options = Mapping[str, Any]


def changed(body: Any, **parts_: Any) -> Any:
    """The reply with parts of its graph replaced."""
    return {**body, "link_graph": {**body["link_graph"], **parts_}}


@saboteur.reply("ZIPF-GRAPH-01", "get_link_graph")
def knows_no_domains(body: Any) -> Any:
    """The graph has no authority of domains."""
    rest = {name: value for name, value in body["link_graph"].items() if name != "domain_authority"}
    return {**body, "link_graph": rest}


@saboteur.reply("ZIPF-GRAPH-02", "get_link_graph")
def includes_one_crawl(body: Any) -> Any:
    """The graph is that of one crawl, whatever else was crawled."""
    return changed(body, stats={**body["link_graph"]["stats"], "operations_included": 1})


@parts.graphs("ZIPF-GRAPH-03")
class AlwaysShowsNodes(Graphs):
    """Nodes come whether they are wanted or not."""

    def show(self, session_id: str, options: Options) -> dict[str, Any]:
        """Wants them."""
        return super().show(session_id, {**options, "include_nodes": True})


@parts.graphs("ZIPF-GRAPH-04")
class AlwaysShowsEdges(Graphs):
    """Edges come without being asked for."""

    def show(self, session_id: str, options: Options) -> dict[str, Any]:
        """Asks for them."""
        return super().show(session_id, {**options, "include_edges": True})


@parts.graphs("ZIPF-GRAPH-05")
class ShowsTwoMore(Graphs):
    """Two nodes more than the limit are returned."""

    def show(self, session_id: str, options: Options) -> dict[str, Any]:
        """Takes a higher limit."""
        return super().show(session_id, {**options, "node_limit": options["node_limit"] + 2})


@parts.graphs("ZIPF-GRAPH-06")
class SortsByPagerankOnly(Graphs):
    """Whatever order is asked for, it is that of PageRank turned round."""

    def show(self, session_id: str, options: Options) -> dict[str, Any]:
        """Turns the nodes round."""
        shown = super().show(session_id, {**options, "sort_by": "pagerank"})
        return {**shown, "nodes": shown["nodes"][::-1]} if "nodes" in shown else shown


@parts.graphs("ZIPF-GRAPH-07")
class KeepsTheUnimportant(Graphs):
    """Nodes are returned however unimportant they are."""

    def show(self, session_id: str, options: Options) -> dict[str, Any]:
        """Filters nothing."""
        return super().show(session_id, {**options, "min_importance": 0})


@parts.graphs("ZIPF-GRAPH-08")
class SendsEverything(Graphs):
    """Metadata comes with all the rest."""

    def show(self, session_id: str, options: Options) -> dict[str, Any]:
        """Takes no notice."""
        return super().show(session_id, {**options, "metadata_only": False})


@saboteur.operations("ZIPF-GRAPH-09")
class ChargesForLooking(Operations):
    """Looking at the graph is recorded as an operation that costs a credit."""

    def get_link_graph(self, zipf: Zipf, *, id_: str, **options: Any) -> Reply:
        """Searches on the side."""
        zipf.research.search(id_, {"query": "graph"})
        return super().get_link_graph(zipf, id_=id_, **options)


@saboteur.reply("ZIPF-GRAPH-10", "get_link_graph")
def doubles_inlinks(body: Any) -> Any:
    """Every page has twice as many inlinks as there are edges to it."""
    nodes = [{**node, "inlinks": 2 * node["inlinks"]} for node in body["link_graph"].get("nodes", ())]
    return changed(body, nodes=nodes)


@saboteur.reply("ZIPF-GRAPH-11", "get_link_graph")
def takes_inlinks_for_authority(body: Any) -> Any:
    """The authority of a page is its part of all links."""
    nodes = body["link_graph"].get("nodes", ())
    links = sum(node["inlinks"] for node in nodes) or 1
    return changed(body, nodes=[{**node, "authority": node["inlinks"] / links} for node in nodes])


@saboteur.reply("ZIPF-GRAPH-12", "get_link_graph")
def counts_what_it_shows(body: Any) -> Any:
    """The number of nodes is that of those returned."""
    graph = body["link_graph"]
    return changed(body, stats={**graph["stats"], "total_nodes": len(graph.get("nodes", ()))})


@saboteur.operations("ZIPF-GRAPH-13")
class ShowsAnyGraph(Operations):
    """Strangers get an empty graph of any session."""

    def get_link_graph(self, zipf: Zipf, *, id_: str, **options: Any) -> Reply:
        """Never refuses."""
        try:
            return super().get_link_graph(zipf, id_=id_, **options)
        except SessionNotFound:
            return Reply(200, {"session_id": id_, "link_graph": {"stats": {}, "last_updated": None}})
