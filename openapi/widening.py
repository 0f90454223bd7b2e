"""Widening: from what the full contract lets a server answer to what the vendor's document does.

Everything here gives back new objects in which no mark is left, and which accept all that the originals
accept. A marked component is written out where a response uses it, so that requests keep the full one.
"""

import copy
from typing import Any

from openapi.marks import MARK, References, Spec, is_ours, reasons

__all__ = ["Widening"]

_TIED = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}  # the second needs the first


class Widening:
    """Widens the schemas, headers and responses of one contract."""

    def __init__(self, references: References) -> None:
        self._references = references

    def schema(self, schema: Spec, trail: frozenset[str] = frozenset()) -> Spec:
        """Return `schema` without what is assumed in it; `trail` holds the references followed to get here.

        A marked schema that contains itself is cut at its second occurrence, where anything goes.
        """
        if not self._references.holds_mark(schema):
            return copy.deepcopy(schema)
        if "$ref" not in schema:
            return {} if _need_not_be(schema) else self._without_marks(schema, trail)
        reference = schema["$ref"]
        if reference in trail:
            return {}
        return self.schema(self._references.target(reference), trail | {reference})

    def header(self, header: Spec) -> Spec | None:
        """Return `header` without what is assumed in it; nothing when all of it is."""
        if not self._references.holds_mark(header):
            return copy.deepcopy(header)
        header = self._references.resolved(header)
        if is_ours(header) or "content" in header:
            return None
        kept = _without_assumed_keywords(header)
        kept["schema"] = self._header_schema(kept.get("schema", {}))  # OpenAPI 3.0 has no header without
        return kept

    def _header_schema(self, schema: Spec) -> Spec:
        """Widen the schema of a header; any text passes where its type is ours, by which the text is read."""
        schema = self._references.resolved(schema)
        widened = self.schema(schema)
        read_alike = all(widened.get(keyword) == schema.get(keyword) for keyword in ("type", "nullable"))
        return widened if read_alike else {}

    def response(self, response: Spec) -> Spec:
        """Return `response` without what is assumed in it, whatever its code."""
        if not self._references.holds_mark(response):
            return copy.deepcopy(response)
        response = self._references.resolved(response)
        if is_ours(response):
            return self._unspecified(response)
        kept = _without_assumed_keywords(response)
        if "content" in kept:
            self._widen_content(kept)
        if "headers" in kept:
            widened = {name: self.header(header) for name, header in kept["headers"].items()}
            kept["headers"] = {name: header for name, header in widened.items() if header is not None}
        return kept

    def _unspecified(self, response: Spec) -> Spec:
        """Return what is left of a response that is ours: any body passes, and no link may read one."""
        kept = {"description": response["description"]}
        links = response.get("links", {})
        safe = {
            name: link for name, link in links.items() if not _reads_body(self._references.resolved(link))
        }
        return {**kept, "links": copy.deepcopy(safe)} if safe else kept

    def _widen_content(self, response: Spec) -> None:
        """Widen the bodies of `response`; where one media type is assumed, every other must pass too."""
        content = response["content"]
        if any(is_ours(media) for media in content.values()):
            del response["content"]
            return
        response["content"] = {name: self._media_type(media) for name, media in content.items()}

    def _media_type(self, media: Spec) -> Spec:
        kept = _without_assumed_keywords(media)
        if "schema" in kept:
            kept["schema"] = self.schema(kept["schema"])
        return kept

    def _without_marks(self, schema: Spec, trail: frozenset[str]) -> Spec:
        kept = _without_assumed_keywords(schema)
        kept.pop("discriminator", None)  # it would hold a branch to values that may be ours
        self._free_properties(schema, kept)
        self._free_alternatives(kept)
        _allow_null(schema, kept)
        widened = {keyword: self._inside(keyword, value, trail) for keyword, value in kept.items()}
        if widened.get("type") == "array":
            widened.setdefault("items", {})  # OpenAPI 3.0 has no array without
        return widened

    def _free_properties(self, schema: Spec, kept: Spec) -> None:
        """Let the properties be absent that are ours, and be anything: beside `additionalProperties: false`
        a property that is not named would be forbidden."""
        properties = schema.get("properties", {})
        if "properties" in reasons(schema):
            properties = {name: {MARK: reasons(schema)["properties"]} for name in properties}
            kept["properties"] = properties
        free = {name for name, value in properties.items() if _need_not_be(self._references.resolved(value))}
        free |= _assumed_of("required", schema)
        required = [name for name in kept.pop("required", []) if name not in free]
        if required:
            kept["required"] = required

    def _free_alternatives(self, kept: Spec) -> None:
        """Turn `oneOf` into `anyOf` and drop `not` where something below is widened: either would narrow."""
        if "not" in kept and self._references.holds_mark(kept["not"]):
            del kept["not"]
        if "oneOf" in kept and self._references.holds_mark(kept["oneOf"]):
            kept.setdefault("anyOf", kept.pop("oneOf"))

    def _inside(self, keyword: str, value: Any, trail: frozenset[str]) -> Any:
        """Widen the schemas that are the value of `keyword`."""
        if keyword == "properties":
            return {name: self.schema(schema, trail) for name, schema in value.items()}
        if keyword in {"allOf", "anyOf", "oneOf"}:
            return [self.schema(schema, trail) for schema in value]
        if keyword in {"items", "additionalProperties"} and isinstance(value, dict):
            return self.schema(value, trail)
        return copy.deepcopy(value)


def _need_not_be(schema: Spec) -> bool:
    """Tell whether a property with this schema may be anything, or absent.

    Of a property that is writeOnly by assumption even the presence in a response is not settled.
    """
    return is_ours(schema) or "writeOnly" in reasons(schema)


def _without_assumed_keywords(node: Spec) -> Spec:
    """Return a shallow copy of `node` without the keywords that are ours, and without the mark."""
    assumed = set(reasons(node))
    gone = {MARK} | assumed | {_TIED[keyword] for keyword in assumed & set(_TIED)}
    if _assumed_of("enum", node):
        gone.add("enum")
    return {keyword: value for keyword, value in node.items() if keyword not in gone}


def _assumed_of(keyword: str, node: Spec) -> set[str]:
    """Return the parts of `keyword` that are marked one by one, as in `required/NAME`."""
    return {key.removeprefix(f"{keyword}/") for key in reasons(node) if key.startswith(f"{keyword}/")}


def _allow_null(schema: Spec, kept: Spec) -> None:
    """Accept both when it is ours whether null is allowed."""
    if "nullable" not in reasons(schema):
        return
    kept["nullable"] = True
    if "enum" in kept and None not in kept["enum"]:
        kept["enum"] = [*kept["enum"], None]


def _reads_body(link: Spec) -> bool:
    """Tell whether a runtime expression of `link` takes something from the response."""
    return "$response" in str([link.get("parameters"), link.get("requestBody")])
