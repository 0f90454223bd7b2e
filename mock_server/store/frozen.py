"""JSON values that nobody can change any more, so that the store can hand them out without copying."""

from collections.abc import Mapping
from typing import Any, NoReturn


class Immutable(TypeError):
    """Somebody tried to change a document that belongs to the store."""


def _refuse(*_: object, **__: object) -> NoReturn:
    raise Immutable("stored documents are immutable: write a changed copy through the collection instead")


class FrozenDict(dict[str, Any]):
    """A dictionary without its changing methods; still a `dict` for serialisers and validators."""

    __slots__ = ()
    __setitem__ = __delitem__ = update = setdefault = pop = popitem = clear = __ior__ = _refuse


class FrozenList(list[Any]):
    """A list without its changing methods; still a `list` for serialisers and validators."""

    __slots__ = ()
    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse
    append = extend = insert = remove = pop = clear = sort = reverse = _refuse


class StoredDocument(FrozenDict):
    """A document as the store keeps it: one object for as long as nobody writes it again.

    What can be worked out from it alone is kept with it: `views` by the function that makes them, and
    `weight`, about how many bytes it takes (0 until somebody has counted).
    """

    __slots__ = ("views", "weight")
    views: dict[Any, Any]
    weight: int


CONTAINERS = (dict, list, tuple)


def freeze(value: Any) -> Any:
    """A deep immutable copy of a JSON value; what is immutable already is not copied."""
    if isinstance(value, dict):
        if isinstance(value, FrozenDict):
            return value
        # Most values are texts and numbers: asking here what they are saves a call for each.
        return FrozenDict(
            {key: freeze(item) if isinstance(item, CONTAINERS) else item for key, item in value.items()}
        )
    if isinstance(value, list | tuple):
        return value if isinstance(value, FrozenList) else FrozenList([freeze(item) for item in value])
    return value


def frozen(document: Mapping[str, Any]) -> StoredDocument:
    """A document as the store keeps it."""
    if isinstance(document, StoredDocument):
        return document
    kept = StoredDocument(
        {key: freeze(item) if isinstance(item, CONTAINERS) else item for key, item in document.items()}
    )
    kept.views, kept.weight = {}, 0
    return kept
