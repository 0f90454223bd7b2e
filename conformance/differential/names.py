"""Which names of one deployment stand for which of another: ids, credentials, organisations."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from conformance import curl
from conformance.addressing import names_a_record, segment
from conformance.exchange import Exchange
from conformance.guard import SAFE
from conformance.target import Target

WORD = re.compile(r"[A-Za-z0-9_-]+")
SEGMENT = re.compile(r"(?<=/)[^/?]+")


@dataclass(slots=True)
class Names:
    """The names that hold for one sequence, from the left to the right; `lost` are those that the right never
    gave, or gave as what can name no record; `records` are those of what the sequence made.
    """

    known: dict[str, str]
    first_sent: dict[str, int] = field(default_factory=dict)
    last_sent: dict[str, int] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    records: dict[str, str] = field(default_factory=dict)

    def learn(self, position: int, left: Exchange, right: Exchange) -> None:
        """Take over the new ids in the left reply: those of what was made, and those that are used later."""
        answers = {where: value for where, _, value in curl.ids(right.reply_json())}
        for where, key, value in curl.ids(left.reply_json()):
            fresh = not self.sent_by(position, value) and value not in self.known
            if fresh and (left.method != "GET" or self.last_sent.get(value, -1) > position):
                if where in answers and names_a_record(answers[where]):
                    self.known[value] = answers[where]
                    if key == "id" and left.method != "GET":
                        self.records[value] = answers[where]
                else:
                    self.lost.add(value)

    def sent(self, position: int, request: Exchange) -> None:
        """Note what a request names."""
        for word in words(request):
            self.first_sent.setdefault(word, position)
            self.last_sent[word] = position

    def sent_by(self, position: int, value: str) -> bool:
        """Say whether the requests up to this one named the value, so that it is no discovery."""
        return self.first_sent.get(value, position + 1) <= position

    def reachable(self, request: Exchange) -> bool:
        """Say whether the right deployment has everything the request names."""
        return self.lost.isdisjoint(words(request))

    def harmless(self, request: Exchange) -> bool:
        """Say whether a request can change nobody else's record: an unknown number may be anybody's."""
        numbers = {each for each in request.path.split("/") if each.isdigit()}
        return request.method in SAFE or numbers <= self.known.keys()

    def request(self, request: Exchange) -> Exchange:
        """Return the request with the names of the right deployment."""
        path, mark, query = request.target.partition("?")
        return Exchange(
            method=request.method,
            target=SEGMENT.sub(self._segment, path) + mark + self.text(query),
            headers=tuple(
                (name, self._header(value))
                for name, value in request.headers
                if name.lower() not in curl.OWN_HEADERS
            ),
            body=None if request.body is None else self._body(request.body),
        )

    def text(self, text: str) -> str:
        """Return a text with the names of the right deployment; numbers may be anything, so they stay."""
        return self._words(text, numbers=False)

    def said(self, text: str) -> str:
        """Return what a reply says with the names of the right deployment, numbers too."""
        return self._words(text, numbers=True)

    def _words(self, text: str, *, numbers: bool) -> str:
        def name(word: re.Match[str]) -> str:
            return word[0] if word[0].isdigit() and not numbers else self.known.get(word[0], word[0])

        return WORD.sub(name, text)

    def _segment(self, found: re.Match[str]) -> str:
        value = unquote(found[0])
        return segment(self.known[value]) if value in self.known else found[0]

    def _header(self, value: str) -> str:
        for name, other in self.known.items():
            if value == name or value.endswith(f" {name}"):
                return value.removesuffix(name) + other
        return value

    def _body(self, body: bytes) -> bytes:
        try:
            return self.text(body.decode()).encode()
        except UnicodeDecodeError:
            return body


def of_sequence(sequence: tuple[Exchange, ...], shared: Mapping[str, str]) -> Names:
    """Return the names with which a sequence begins."""
    names = Names(dict(shared))
    for position, request in enumerate(sequence):
        names.sent(position, request)
    return names


def of_targets(left: Target, right: Target) -> dict[str, str]:
    """Return the names that the targets themselves give: credentials by actor, organisations by role, records
    by place.
    """
    tokens = {left.actors[name].token: right.actors[name].token for name in both(left.actors, right.actors)}
    roles = {
        str(left.organizations[name]): str(right.organizations[name])
        for name in both(left.organizations, right.organizations)
    }
    known = dict(
        pair
        for name in both(left.known, right.known)
        for pair in zip(left.known[name], right.known[name], strict=False)
    )
    return {**known, **roles, **tokens}


def both(left: Mapping[str, object], right: Mapping[str, object]) -> list[str]:
    """Return the keys that both have."""
    return [name for name in left if name in right]


def words(request: Exchange) -> set[str]:
    """Return everything in a request that may be a name."""
    path = request.target.partition("?")[0]
    return {*WORD.findall(curl.written(request)), *map(unquote, path.split("/"))}
