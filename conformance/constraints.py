"""What request schemas demand, one constraint at a time, so that kept and broken ones can be counted."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import jsonschema_rs

from conformance.projection import resolved

NUMBER = (int, float)
# What each keyword speaks of (JSON Schema Validation, section 6); of other values it says nothing.
SUBJECTS: Mapping[str, tuple[type, ...]] = MappingProxyType(
    {
        "minLength": (str,), "maxLength": (str,), "pattern": (str,), "format": (str,),
        "minimum": NUMBER, "maximum": NUMBER, "multipleOf": NUMBER,
        "minItems": (list,), "maxItems": (list,), "uniqueItems": (list,),
        "type": (object,), "enum": (object,),
    }
)  # fmt: skip
DEEPEST = 6  # levels of a body that are looked at


@dataclass(frozen=True, slots=True)
class Constraint:
    """One demand on a value: place and keyword, as `body.name.maxLength`, and whether a value keeps it."""

    name: str
    subjects: tuple[type, ...]
    keeps: Callable[[Any], bool]

    def speaks_of(self, value: Any) -> bool:
        """Say whether the constraint demands anything of such a value."""
        return isinstance(value, self.subjects) and not (self.subjects is NUMBER and isinstance(value, bool))


@dataclass(frozen=True, slots=True)
class Described:
    """A schema with its constraints, and those of what it holds."""

    constraints: tuple[Constraint, ...]
    properties: Mapping[str, "Described"]
    items: "Described | None"

    def met(self, value: Any) -> Iterator[tuple[str, bool]]:
        """Go through the constraints that a value meets, with whether it keeps them."""
        yield from ((each.name, each.keeps(value)) for each in self.constraints if each.speaks_of(value))
        if isinstance(value, dict):
            for name, part in self.properties.items():
                if name in value:
                    yield from part.met(value[name])
        if isinstance(value, list) and self.items:
            for element in value:
                yield from self.items.met(element)

    def names(self) -> Iterator[str]:
        """Go through the names of all constraints."""
        yield from (each.name for each in self.constraints)
        for part in (*self.properties.values(), *([self.items] if self.items else [])):
            yield from part.names()


def described(
    contract: Mapping[str, Any], schema: Mapping[str, Any], where: str, depth: int = 0
) -> Described:
    """Return what a schema of the contract demands; `where` is the place it stands in, as `query.limit`."""
    spec = dict(contract)
    whole = merged(spec, schema)
    properties = whole.get("properties", {}) if depth < DEEPEST else {}
    items = whole.get("items") if depth < DEEPEST else None
    return Described(
        tuple(constraints(whole, where)),
        {name: described(spec, each, f"{where}.{name}", depth + 1) for name, each in properties.items()},
        described(spec, items, f"{where}[]", depth + 1) if items else None,
    )


def merged(spec: dict[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema with what it refers to in place, and with all of `allOf` in one."""
    whole = dict(resolved(spec, dict(schema)))
    for part in whole.pop("allOf", []):
        found = merged(spec, part)
        properties = {**whole.get("properties", {}), **found.get("properties", {})}
        whole = {**found, **whole, **({"properties": properties} if properties else {})}
    return whole


def constraints(schema: Mapping[str, Any], where: str) -> Iterator[Constraint]:
    """Go through the constraints that stand in the schema itself."""
    for keyword, subjects in SUBJECTS.items():
        if keyword in schema:
            validator = jsonschema_rs.validator_for(alone(schema, keyword), validate_formats=True)
            yield Constraint(f"{where}.{keyword}", subjects, partial(valid, validator))
    for name in schema.get("required", []):
        yield Constraint(f"{where}.required.{name}", (dict,), partial(holds, name))
    if schema.get("additionalProperties") is False:
        known = set(schema.get("properties", {}))
        yield Constraint(f"{where}.additionalProperties", (dict,), lambda value: set(value) <= known)


def valid(validator: jsonschema_rs.Validator, value: Any) -> bool:
    """Say whether a value keeps a schema; a lone surrogate, which UTF-8 cannot write, keeps none."""
    try:
        return validator.is_valid(value)
    except UnicodeEncodeError:
        return False


def holds(name: str, value: Any) -> bool:
    """Say whether an object has a member."""
    return name in value


def alone(schema: Mapping[str, Any], keyword: str) -> dict[str, Any]:
    """Return one keyword as JSON Schema has it: OpenAPI 3.0 writes null and exclusive bounds otherwise."""
    value = schema[keyword]
    if keyword in ("minimum", "maximum") and schema.get(f"exclusive{keyword.capitalize()}") is True:
        return {f"exclusive{keyword.capitalize()}": value}
    if schema.get("nullable") and keyword == "type":
        return {"type": [value, "null"]}
    if schema.get("nullable") and keyword == "enum":
        return {"enum": [*value, None]}
    return {keyword: value}
