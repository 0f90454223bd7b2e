"""A world's records to look through: which collections there are, and what is in one, page by page."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from mock_server.control.records import SEQUENCE
from mock_server.errors import UnknownPath
from mock_server.json_codec import serialise
from mock_server.kinds import Kinds
from mock_server.store import CollectionPlan, Document
from mock_server.world import World


class BrowsedApi(Protocol):
    """What has to be known of an API to show its records (see `contract.MockApi`)."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def collections(self) -> tuple[CollectionPlan, ...]: ...  # noqa: D102


class Browser:
    """The records of one world; those of a collection in `kinds` can be written one by one."""

    def __init__(self, apis: Sequence[BrowsedApi], kinds: Kinds, world: World) -> None:
        self._names = [(api.name, plan.name) for api in apis for plan in api.collections]
        self._kinds = kinds
        self._store = world.store

    def collections(self) -> list[dict[str, Any]]:
        """Every collection, with how many records it has and whether they can be written."""
        return [
            {
                "api": api,
                "name": name,
                "records": len(self._store.collection(f"{api}.{name}")),
                "writable": (api, name) in self._kinds,
            }
            for api, name in self._names
        ]

    def page(self, api: str, collection: str, *, limit: int, offset: int, text: str) -> dict[str, Any]:
        """Records whose JSON or key contains `text`, what was made last first. Raises `UnknownPath`."""
        if (api, collection) not in self._names:
            there = ", ".join("/".join(names) for names in self._names) or "none"
            raise UnknownPath(f"there is no collection {api[:40]}/{collection[:40]}; there are {there}")
        documents = self._store.documents(f"{api}.{collection}")
        keys = list(_matching(documents, text))
        keys.sort(key=lambda key: (_sequence(documents[key]), key), reverse=True)
        return {
            "records": [{"key": key, "record": documents[key]} for key in keys[offset : offset + limit]],
            "total": len(keys),
        }


def _matching(documents: Mapping[str, Document], text: str) -> Iterator[str]:
    wanted = text.lower().encode()
    for key, document in documents.items():
        if not wanted or wanted in key.lower().encode() or wanted in serialise(document).lower():
            yield key


def _sequence(document: Document) -> int:
    place = document.get(SEQUENCE)
    return place if isinstance(place, int) else 0
