"""A synthetic web: a few thousand pages that are the same for the same seed. Nothing is ever fetched."""

from collections.abc import Container, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from mock_server.draw import Draw

PAGES = 3000
DOMAINS = 60
NEWEST = datetime(2026, 1, 27, tzinfo=UTC)
DOCUMENT_TYPES = ("academic", "analyst_report", "blog", "documentation", "legal", "news", "regulatory")


class Web:
    """Finds and fetches pages; what they are is a function of the seed, the query and the URL."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw

    def search(self, query: str, count: int, hidden: Container[str]) -> list[dict[str, Any]]:
        """At most `count` results, the best first, each URL once and none that is `hidden`."""
        results: list[dict[str, Any]] = []
        for url in self._ranked(" ".join(query.lower().split())):
            if url not in hidden:
                results.append(self._result(url, len(results)))
            if len(results) == count:
                break
        return results

    def fetch(self, url: str) -> dict[str, Any]:
        """What a crawl gets at any URL."""
        title = self._title(url)
        paragraph = self._draw.text("paragraph", "zipf.page", url, "text")
        return {"url": url, "title": title, "markdown": f"# {title}\n\n{paragraph}\n"}

    def document_type(self, url: str) -> str:
        """What kind of document is at a URL."""
        return self._draw.choice(DOCUMENT_TYPES, "zipf.page", url, "document_type")

    def _ranked(self, query: str) -> Iterator[str]:
        met: set[int] = set()
        for place in range(PAGES):
            number = self._draw.integer(0, PAGES - 1, "zipf.search", query, place)
            if number not in met:
                met.add(number)
                yield self._url(number)

    def _url(self, number: int) -> str:
        domain = self._draw.text("domain_word", "zipf.domain", number % DOMAINS)
        slug = self._draw.text("slug", "zipf.url", number)
        return f"https://{domain}.example/{slug}-{number}"

    def _title(self, url: str) -> str:
        return self._draw.text("catch_phrase", "zipf.page", url, "title")

    def _result(self, url: str, place: int) -> dict[str, Any]:
        published = self._draw.before(NEWEST, timedelta(days=900), "zipf.page", url, "published")
        return {
            "url": url,
            "title": self._title(url),
            "description": self._draw.text("sentence", "zipf.page", url, "description"),
            "published_date": published.date().isoformat(),
            "relevance_score": round(0.98 - 0.04 * place, 2),
        }
