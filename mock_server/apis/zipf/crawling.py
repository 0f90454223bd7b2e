"""What a crawl fetches: which pages it comes to, and what is shown of each."""

from collections.abc import Container, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit

from mock_server.apis.zipf.searching import classification, summary
from mock_server.apis.zipf.web import Page, Web

Body = Mapping[str, Any]
ADVANCED = ("classify_documents", "extraction_schema")
MAX_PAGES = 10


def urls_to_crawl(web: Web, body: Body, hidden: Container[str], *, collapse: bool) -> list[str]:
    """The URLs of a crawl: those given, then, as far as `expansion` allows, those they link to.

    What is `hidden` is neither fetched nor followed. `collapse` says whether a URL given twice is fetched
    once; one that a link leads to always is.
    """
    limit = min(body.get("max_pages", MAX_PAGES), _budget(body))
    given = [url for url in body["urls"] if url not in hidden]
    found = list(dict.fromkeys(given)) if collapse else given
    frontier, met = list(dict.fromkeys(given)), set(given)
    for _ in range(_depth(body)):
        if len(found) >= limit:
            break
        frontier = list(_next(web, frontier, body, met, hidden))
        found += frontier
    return found[:limit]


def result(page: Page, links: Sequence[str], body: Body) -> dict[str, Any]:
    """What a crawl shows of a page."""
    listed = "\n".join(f"- <{link}>" for link in links)
    shown: dict[str, Any] = {
        "url": page.url,
        "title": page.title,
        "markdown": f"# {page.title}\n\n{page.text}\n\n{listed}\n",
    }
    if body.get("classify_documents"):
        shown["classification"] = classification(page)
    if "extraction_schema" in body:
        shown["extracted_data"] = dict.fromkeys(body["extraction_schema"], page.description)
    return shown


def details(pages: Sequence[Page], body: Body) -> dict[str, Any]:
    """What the reply to a crawl holds beside its pages."""
    return {"summary": summary(pages)} if body.get("generate_summary") else {}


def page_price(body: Body) -> int:
    """What a page costs."""
    return 2 if advanced_features(body) else 1


def advanced_features(body: Body) -> list[str]:
    """Which parameters make a crawl advanced."""
    return [name for name in ADVANCED if body.get(name)]


def _next(
    web: Web, frontier: Sequence[str], body: Body, met: set[str], hidden: Container[str]
) -> Iterator[str]:
    for url in frontier:
        for link in web.links(url):
            if link not in met and link not in hidden and _follows(url, link, body):
                met.add(link)
                yield link


def _follows(url: str, link: str, body: Body) -> bool:
    expansion = _expansion(body)
    internal = urlsplit(url).netloc == urlsplit(link).netloc
    if expansion != "both" and internal != (expansion == "internal"):
        return False
    config = body.get("link_extraction_config", {})
    wanted, unwanted = config.get("url_patterns"), config.get("exclude_patterns", ())
    return (not wanted or _matches(link, wanted)) and not _matches(link, unwanted)


def _matches(url: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(url, pattern) for pattern in patterns)


def _expansion(body: Body) -> str:
    """`follow_links` is the older word for what `expansion: internal` says."""
    return str(body.get("expansion", "internal" if body.get("follow_links") else "none"))


def _depth(body: Body) -> int:
    if _expansion(body) == "none":
        return 0
    depth = body.get("link_extraction_config", {}).get("max_depth", 1)
    return int(min(depth, body.get("budget_config", {}).get("max_depth", depth)))


def _budget(body: Body) -> int:
    """How many pages the budget of a crawl allows."""
    budget = body.get("budget_config", {})
    pages = budget.get("max_pages", body.get("max_pages", MAX_PAGES))
    if "max_credits" not in budget:
        return int(pages)
    return int(min(pages, budget["max_credits"] // page_price(body)))
