"""How an API deletes several records together, where one creation makes several of them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from conformance.client import ABSENT
from conformance.exchange import Exchange


@dataclass(frozen=True, slots=True)
class Series:
    """The creations of `operation` that `makes` recognises make several records.

    `query` and `body` go with the DELETE of one of them and mean all. Where the deployment does not say how
    that is done, `unknown` is what to tell its owner: only one of the records is deleted then.
    """

    operation: str
    makes: Callable[[Exchange], bool]
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = ABSENT
    unknown: str = ""

    def is_deleted_whole(self, deletion: Exchange) -> bool:
        """Say whether a DELETE means all records of a series."""
        query = dict(parse_qsl(deletion.target.partition("?")[2]))
        says = self.body is ABSENT or deletion.body == json.dumps(self.body).encode()
        return not self.unknown and says and self.query.items() <= query.items()
