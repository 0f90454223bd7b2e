"""The synthetic web: the same for the same seed, with a page and links at every URL, found by words."""

import re

import pytest

from mock_server.apis.zipf.retrieval import Retrieval
from mock_server.apis.zipf.web import PAGES, Web
from mock_server.draw import Draw

ODD = ("https://somebody.example/a?b#c", "http://localhost:8080/", "https://a.example")


@pytest.fixture(scope="module")
def draw() -> Draw:
    """The values of one seed."""
    return Draw(42)


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_web_is_a_function_of_the_seed(seed: int) -> None:
    """Two webs of one seed have the same pages and links; one of another seed has other pages."""
    first, second, other = Web(Draw(seed)), Web(Draw(seed)), Web(Draw(seed + 100))

    assert first.pages() == second.pages()
    assert first.pages() != other.pages()
    assert first.links(ODD[0]) == second.links(ODD[0])


def test_there_are_thousands_of_pages(draw: Draw) -> None:
    """Each has an address of its own and text, none is older than it may be."""
    pages = Web(draw).pages()

    assert len({page.url for page in pages}) == PAGES == 3000
    assert all(page.title and len(page.text) > 100 and page.age_days <= 900 for page in pages)


@pytest.mark.parametrize("url", ODD)
def test_every_url_leads_to_a_page_with_links(draw: Draw, url: str) -> None:
    """Also one that no search finds; it links to its own site and to others, never twice to the same."""
    web = Web(draw)
    links = web.links(url)

    assert web.page(url).url == url
    assert len(links) == len(set(links)) > 1
    assert url not in links


def test_links_lead_to_few_pages_more_often(draw: Draw) -> None:
    """Popularity is uneven: a tenth of the pages gets most of the links from elsewhere."""
    web = Web(draw)
    linked = [link for url in web.addresses[:500] for link in web.links(url) if link in web.addresses[:300]]

    assert len(linked) > 500


@pytest.mark.parametrize("query", ["AI startups", "!!!", "zzyzx", "a the of", "ﬃ 🙂", "grid " * 100])
def test_every_query_finds_something(draw: Draw, query: str) -> None:
    """At least as many pages as a reply may hold, the best first, each with a relevance of its own."""
    hits = list(Retrieval(draw, Web(draw)).hits(query))
    scores = [hit.relevance for hit in hits]

    assert len(hits) >= 20
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)


def test_pages_hold_what_they_are_found_by(draw: Draw) -> None:
    """A word that the web knows is in the title or the text of whatever it finds."""
    for hit in list(Retrieval(draw, Web(draw)).hits("cathode"))[:20]:
        assert re.search(r"\bcathode\b", f"{hit.page.title} {hit.page.text}".lower())
