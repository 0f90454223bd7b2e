"""Ranked retrieval over the synthetic web, by BM25. The index is made with the first search of a seed."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mock_server.apis.zipf.vocabulary import STOP_WORDS, WORDS
from mock_server.apis.zipf.web import Page, Web
from mock_server.draw import Draw

WORD = re.compile(r"\w+")
HALF = 4.0  # the score that makes a relevance of one half


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that fits a query, and how well: above 0, below 1."""

    page: Page
    relevance: float


class Retrieval:
    """Finds pages by words."""

    def __init__(self, draw: Draw, web: Web) -> None:
        self._draw = draw
        self._web = web

    def hits(self, query: str) -> Iterator[Hit]:
        """The pages that hold a word of the query, the best first.

        A word that the web does not know stands for one that it does, so that every query finds something.
        """
        scores = self._index().get_scores(self._terms(query))
        pages = self._web.pages()
        for number in sorted(range(len(pages)), key=lambda each: (-scores[each], each)):
            if scores[number] <= 0:
                return
            score = float(scores[number])
            yield Hit(pages[number], round(score / (score + HALF), 6))

    def _terms(self, query: str) -> list[str]:
        terms = [term for term in WORD.findall(query.lower()) if term not in STOP_WORDS]
        return [self._known(term) for term in terms or [query.lower().strip()]]

    def _known(self, term: str) -> str:
        return term if term in WORDS else self._draw.choice(WORDS, "zipf.term", term)

    def _index(self) -> Any:
        return self._draw.once("zipf.retrieval", self._made)

    def _made(self) -> Any:
        from bm25s import BM25  # noqa: PLC0415  # takes half a second, which only searches have to wait for

        logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG when imported
        index = BM25()
        corpus = [WORD.findall(f"{page.title} {page.text}".lower()) for page in self._web.pages()]
        index.index(corpus, show_progress=False)
        return index
