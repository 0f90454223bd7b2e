"""Reading a contract: its `x-assumed` marks and its local references.

What a mark does to the contract is not said here but in `provenance` and `widening`.
"""

from typing import Any

__all__ = ["MARK", "References", "Spec", "is_ours", "reasons"]

Spec = dict[str, Any]

MARK = "x-assumed"


def reasons(node: Spec) -> dict[str, str]:
    """Return what exactly is assumed of `node`, with the reasons; empty when all of it is, or nothing."""
    mark = node.get(MARK, {})
    return dict(mark) if isinstance(mark, dict) else {}


def is_ours(node: Spec) -> bool:
    """Tell whether the vendor says nothing of `node`: it is assumed whole, or its very existence is."""
    return isinstance(node.get(MARK), str) or "existence" in reasons(node)


class References:
    """Follows the references of one contract; only those into the contract itself (`#/...`) are known."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec

    def target(self, reference: str) -> Spec:
        """Return what `reference` points to, which may be a reference itself.

        Raises `LookupError` when nothing is there.
        """
        node: Any = self._spec
        for part in self._parts(reference):
            if not isinstance(node, dict) or part not in node:
                raise LookupError(f"the reference {reference!r} is dangling: there is no {part!r}")
            node = node[part]
        found: Spec = node
        return found

    def resolved(self, node: Spec) -> Spec:
        """Return `node`, or what stands at the end of its chain of references."""
        while "$ref" in node:
            node = self.target(node["$ref"])
        return node

    def holds_mark(self, node: Any) -> bool:
        """Tell whether `node`, or anything it refers to, directly or not, carries a mark."""
        waiting, followed = [node], set[str]()
        while waiting:
            item = waiting.pop()
            if isinstance(item, list):
                waiting.extend(item)
            elif isinstance(item, dict):
                if MARK in item:
                    return True
                waiting.extend(item.values())
                reference = item.get("$ref")
                if isinstance(reference, str) and reference not in followed:
                    followed.add(reference)
                    waiting.append(self.target(reference))
        return False

    @staticmethod
    def _parts(reference: str) -> list[str]:
        """Split a JSON pointer (RFC 6901) in a URI fragment."""
        if not reference.startswith("#/"):
            raise LookupError(f"the reference {reference!r} leaves the contract: one file holds one API")
        return [part.replace("~1", "/").replace("~0", "~") for part in reference[2:].split("/")]
