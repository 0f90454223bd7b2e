"""What a target file for an API may name, read off its suite: for the starter and for its check alike.

What can be in `[organizations]`, `[hooks]` and `[settings]` the suite says itself.
"""

import re
from collections.abc import Iterable

from conformance.requirement import OWNER
from conformance.suite import Suite


def actors(suite: Suite) -> tuple[str, ...]:
    """Return whom requirements act as; where anybody needs credentials the owner does, who comes first."""
    named = used(each.actors for each in suite.requirements)
    return used([(OWNER,), named, suite.actors]) if named else ()


def features(suite: Suite) -> tuple[str, ...]:
    """Return the features that requirements need."""
    return used(each.features for each in suite.requirements)


def collections(suite: Suite) -> tuple[str, ...]:
    """Return the collections of which records can be read: what stands before an id in a path."""
    paths = (path for path, item in suite.contract()["paths"].items() if "get" in item)
    return used(re.findall(r"([^/{}]+)/\{", path) for path in paths)


def used(named: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Return the names in the order of their first use, each once."""
    return tuple(dict.fromkeys(name for names in named for name in names))
