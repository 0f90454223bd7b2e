"""Which response stands under which code, once the codes that are ours have become their class.

A vendor who shows a body without its code may send it under any code of the class: 201 becomes 2XX.
"""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import TypeVar

from openapi.marks import References, Spec, is_ours, reasons
from openapi.widening import Widening

__all__ = ["documented_responses"]

Item = TypeVar("Item", Spec, str)


def documented_responses(responses: Spec, references: References) -> Spec:
    """Return the responses of one operation without what is assumed in them, neither body nor code.

    A body that is documented without its code may also come under a documented code of the class.
    A response that is ours altogether says nothing about those.
    """
    widened = {code: Widening(references).response(response) for code, response in responses.items()}
    original = {code: references.resolved(response) for code, response in responses.items()}
    moving = {code: _class_of(code) for code, response in original.items() if _has_open_code(code, response)}
    result = {code: response for code, response in widened.items() if code not in moving}
    for target in dict.fromkeys(moving.values()):
        codes = [code for code in moving if moving[code] == target]
        described = [widened[code] for code in codes if not is_ours(original[code])]
        for code in [code for code in result if _class_of(code) == target and described]:
            result[code] = _merged([result[code], *described], references)
        fallbacks = [widened[code] for code in (target, "default") if code in result]
        result[target] = _merged([*(widened[code] for code in codes), *fallbacks], references)
    return result


def _has_open_code(code: str, response: Spec) -> bool:
    return code != "default" and (is_ours(response) or "status" in reasons(response))


def _class_of(code: str) -> str:
    return f"{code[0]}XX"


def _merged(alternatives: list[Spec], references: References) -> Spec:
    """Return one response that accepts whatever one of `alternatives` accepts."""
    responses = _unique(references.resolved(response) for response in alternatives)
    if len(responses) == 1:
        return responses[0]
    merged: Spec = {"description": "; or: ".join(_unique(response["description"] for response in responses))}
    headers = _merged_headers([response.get("headers", {}) for response in responses], references)
    links: Spec = {}
    for response in responses:
        links = response.get("links", {}) | links
    parts = {"headers": headers, "content": _merged_content(responses), "links": links}
    return merged | {keyword: part for keyword, part in parts.items() if part}


def _merged_content(responses: list[Spec]) -> Spec:
    """Return each media type with the schemas of all that offer it; none where a response takes any body."""
    contents: list[Spec] = [response.get("content", {}) for response in responses]
    if not all(contents):
        return {}
    names = dict.fromkeys(name for content in contents for name in content)
    offers = [offer for content in contents for offer in content.items()]
    return {name: _either(media for other, media in offers if _overlap(name, other)) for name in names}


def _overlap(one: str, other: str) -> bool:
    """Tell whether two media types, possibly ranges such as `text/*`, can mean the same body."""
    first, second = (name.partition(";")[0].strip().lower() for name in (one, other))
    return fnmatchcase(first, second) or fnmatchcase(second, first)


def _merged_headers(headers: list[Spec], references: References) -> Spec:
    """Return the headers that all alternatives describe, each required only where all of them require it.

    Where they differ, any text passes: a text is read by the type of its schema, and `anyOf` has none.
    """
    common = [name for name in headers[0] if all(name in others for others in headers)]
    merged = {}
    for name in common:
        variants = [references.resolved(others[name]) for others in headers]
        if all("schema" in variant for variant in variants):
            required = all(variant.get("required", False) for variant in variants)
            schemas = _unique(variant["schema"] for variant in variants)
            merged[name] = {"schema": schemas[0] if len(schemas) == 1 else {}, "required": required}
    return merged


def _either(holders: Iterable[Spec]) -> Spec:
    """Return a media type whose schema is met by whatever meets the schema of one of `holders`."""
    schemas = _unique(holder.get("schema", {}) for holder in holders)
    if {} in schemas:
        return {"schema": {}}
    return {"schema": schemas[0] if len(schemas) == 1 else {"anyOf": schemas}}


def _unique(items: Iterable[Item]) -> list[Item]:
    """Return `items` without repetitions, in their order; contents of contracts have no hash."""
    found: list[Item] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found
