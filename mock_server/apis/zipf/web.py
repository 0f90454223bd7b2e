"""A synthetic web: what stands at any URL is a function of the seed. Nothing is ever fetched.

A few thousand pages on sixty sites can be found by searching (`retrieval`); every other URL leads to a page,
too, so that whatever somebody crawls has text and links.
"""

from dataclasses import dataclass
from random import Random
from urllib.parse import urlsplit

from mock_server.apis.zipf.vocabulary import (
    AUTHORITIES,
    CONTENT_TYPES,
    DOCUMENT_TYPES,
    FRAMES,
    JOINTS,
    TOPICS,
    TYPICAL_WORDS,
)
from mock_server.draw import Draw

PAGES = 3000
SITES = 60
PAGES_PER_SITE = PAGES // SITES
OLDEST_DAYS = 900
SENTENCES = 7


@dataclass(frozen=True, slots=True)
class Page:
    """A page. How old it is counts from the day on which the world began."""

    url: str
    title: str
    description: str
    text: str
    document_type: str
    content_type: str
    age_days: int
    entities: tuple[str, ...]
    keywords: tuple[str, ...]

    @property
    def authority(self) -> str | None:
        """Which kind of authority the page has: academic, news, technical, or none."""
        return AUTHORITIES.get(self.document_type)


class Web:
    """Pages and links of the web of one seed. What was made once is kept."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._sites = draw.once("zipf.web.sites", self._named_sites)
        self._places = draw.once("zipf.web.places", self._site_numbers)
        self._addresses = draw.once("zipf.web.addresses", lambda: tuple(map(self._address, range(PAGES))))

    @property
    def addresses(self) -> tuple[str, ...]:
        """The URLs of the pages that can be found."""
        return self._addresses

    def pages(self) -> tuple[Page, ...]:
        """Every page that can be found."""
        return self._draw.once("zipf.web.pages", lambda: tuple(map(self.page, self._addresses)))

    def page(self, url: str) -> Page:
        """What stands at any URL."""
        random = Random(self._draw.number("zipf.page", url))
        host = urlsplit(url).netloc
        topic = self._topic(host)
        usual = self._draw.choice(DOCUMENT_TYPES, "zipf.kind", host)
        kind = usual if random.random() < 0.7 else random.choice(DOCUMENT_TYPES)
        words, typical = random.sample(TOPICS[topic], 8), TYPICAL_WORDS[kind]
        names = [self._draw.text("company", "zipf.entity", topic, random.randrange(30)) for _ in range(2)]
        sentences = [_sentence(random, words, typical, names) for _ in range(SENTENCES)]
        subject = f"{words[0]} and {words[1]}"
        return Page(
            url=url,
            title=_capitalised(random.choice(FRAMES[kind]).format(subject)),
            description=sentences[0],
            text=" ".join(sentences),
            document_type=kind,
            content_type=random.choice(CONTENT_TYPES),
            age_days=int(OLDEST_DAYS * random.random() ** 2),
            entities=tuple(dict.fromkeys(names)),
            keywords=tuple(words[:4]),
        )

    def links(self, url: str) -> tuple[str, ...]:
        """The URLs that the page at a URL links to, none twice and never itself.

        A page links to its site's first page and some others of it, and to pages elsewhere, of which a few
        are far more popular than most.
        """
        random = Random(self._draw.number("zipf.links", url))
        parts = urlsplit(url)
        site = self._places.get(parts.netloc)
        near = [0, *(int(PAGES_PER_SITE * random.random()) for _ in range(random.randrange(2, 7)))]
        far = [int(PAGES * random.random() ** 3) for _ in range(random.randrange(1, 5))]
        if site is None:
            own = [f"{parts.scheme}://{parts.netloc}/{number or ''}" for number in near]
        else:
            own = [self._addresses[number * SITES + site] for number in near]
        targets = dict.fromkeys([*own, *(self._addresses[number] for number in far)])
        return tuple(target for target in targets if target != url)

    def _topic(self, host: str) -> str:
        topics = tuple(TOPICS)
        site = self._places.get(host)  # turn by turn, so that every topic has its sites
        return self._draw.choice(topics, "zipf.topic", host) if site is None else topics[site % len(topics)]

    def _named_sites(self) -> tuple[str, ...]:
        words = dict.fromkeys(
            self._draw.text("domain_word", "zipf.domain", number) for number in range(10 * SITES)
        )
        return tuple(f"{word}-{number}.example" for number, word in enumerate(list(words)[:SITES]))

    def _site_numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self._sites)}

    def _address(self, number: int) -> str:
        place, site = divmod(number, SITES)
        slug = f"{self._draw.text('slug', 'zipf.url', number)}-{number}" if place else ""
        return f"https://{self._sites[site]}/{slug}"


def _sentence(random: Random, words: list[str], typical: tuple[str, ...], names: list[str]) -> str:
    used = [random.choice(words), random.choice(typical), random.choice(words), random.choice(names)]
    return _capitalised(random.choice(JOINTS).format(*used)) + "."


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
