"""An index: keys of documents in the order of a sort key, never changed in place."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from mock_server.store import Document, IndexKey
from mock_server.store.sorted_set import SortedSet

Entry = tuple[IndexKey, str]
DOCUMENT_KEY = itemgetter(1)
MOST_PENDING = 64


class _Greatest:
    """Compares greater than everything else, so that a prefix of an index can be searched to its end."""

    def __lt__(self, other: object) -> bool:
        return False

    def __gt__(self, other: object) -> bool:
        return other is not self


GREATEST = _Greatest()


class Index(NamedTuple):
    """Entries of one index; `sort_key` gives None for a document that is not in it.

    Entries that came and went lately are `pending`, oldest first: together they cost a fraction of what they
    would cost one by one, and of an index that nobody reads little more than this.
    """

    sort_key: Callable[[Any], IndexKey | None]
    entries: SortedSet[Entry] = SortedSet.of(())
    pending: tuple[tuple[Entry, bool], ...] = ()

    def over(self, documents: Mapping[str, Document]) -> "Index":
        """The same index over other documents."""
        found = ((self.sort_key(document), key) for key, document in documents.items())
        entries: Iterable[Entry] = ((sort_key, key) for sort_key, key in found if sort_key is not None)
        return Index(self.sort_key, SortedSet.of(entries))

    def changed(self, key: str, before: Document | None, after: Document | None) -> "Index":
        """The index once the document under `key` has changed; None stands for no document."""
        old = None if before is None else self.sort_key(before)
        new = None if after is None else self.sort_key(after)
        if old == new:
            return self
        pending = self.pending
        if old is not None:
            pending = (*pending, ((old, key), False))
        if new is not None:
            pending = (*pending, ((new, key), True))
        index = Index(self.sort_key, self.entries, pending)
        return index if len(pending) < MOST_PENDING else index.settled()

    def settled(self) -> "Index":
        """The same index with nothing pending, which is what can be read."""
        return Index(self.sort_key, self.entries.changed(dict(self.pending)))

    def keys(
        self, equal: IndexKey, low: IndexKey | None, high: IndexKey | None, *, descending: bool
    ) -> Iterator[str]:
        """Keys of documents in a settled index; for the arguments see `Collection.find`."""
        first = (*equal, *(low or ()))
        last = (*equal, *high) if high is not None else _end(equal)
        stop = None if last is None else (last, "")
        return map(DOCUMENT_KEY, self.entries.between((first, ""), stop, descending=descending))


def _end(prefix: IndexKey) -> IndexKey | None:
    """What comes right after everything that begins with `prefix`; None for the end of the index.

    Comparing with an object of ours takes a call for each step of a search, so it is made of Python's own
    where it can be.
    """
    if not prefix:
        return None
    *before, last = prefix
    if isinstance(last, str):
        return (*before, last + "\0")  # no text lies between the two
    return (*before, last + 1) if isinstance(last, int) else (*prefix, GREATEST)
