"""OpenAPI 3.0 schemas compiled once into validators, with messages that a person can act on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal

import jsonschema_rs

from mock_server.views import View

Direction = Literal["request", "response"]
# What OpenAPI 3.0 adds to JSON Schema and a validator has no use for.
ANNOTATIONS = (
    "example",
    "discriminator",
    "xml",
    "externalDocs",
    "deprecated",
    "description",
    "title",
    "default",
)
# Keywords whose value is a map of schemas, a list of schemas, a schema.
SCHEMA_MAPS = ("properties",)
SCHEMA_LISTS = ("allOf", "anyOf", "oneOf")
SCHEMAS = ("items", "not", "additionalProperties")
# Keywords that may say something of a list's elements from outside of its `items`.
COMPOSING = frozenset({*SCHEMA_LISTS, "not", "uniqueItems"})
ACCEPTED_BY = attrgetter("accepted_by")
LONGEST_MESSAGE = 400


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing wrong with a value.

    `pointer` leads to the culprit in the value, `schema_pointer` to the keyword in the contract (RFC 6901).
    """

    pointer: str
    detail: str
    schema_pointer: str

    @property
    def local_schema_pointer(self) -> str:
        """`schema_pointer` from the schema that was compiled, which `SchemaCompiler` wraps."""
        return self.schema_pointer.removeprefix("/allOf/0")

    def as_dict(self) -> dict[str, str]:
        """The form used in problem documents (RFC 9457 extension member `errors`)."""
        return {"pointer": self.pointer, "detail": self.detail, "schemaPointer": self.schema_pointer}


class Validator:
    """A compiled schema. `accepts` costs about a microsecond; `violations` explains a refusal."""

    __slots__ = ("_validator", "accepts")

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._validator = jsonschema_rs.Draft202012Validator(dict(schema), validate_formats=True)
        self.accepts = self._validator.is_valid

    def violations(self, value: Any) -> Iterator[Violation]:
        """Each thing wrong with `value`, nothing when it is right."""
        for error in self._validator.iter_errors(value):
            path, message = error.instance_path, _message(error)
            if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Required):
                path, message = [*path, error.kind.property], "is required"
            name = ".".join(map(str, path)) or "the value"
            yield Violation(_pointer(path), _shortened(f"{name}: {message}"), _pointer(error.schema_path))


class BodyValidator:
    """A compiled schema of an answer's body. Views that it accepted once it does not look at again.

    `whole` is all of it, `elements` are those of its lists by name, and `frame` is what is left without them.
    """

    __slots__ = ("_elements", "_frame", "_whole", "violations")

    def __init__(self, whole: Validator, elements: Mapping[str, Validator], frame: Validator) -> None:
        self._whole = whole
        self._elements = tuple(elements.items())
        self._frame = frame
        self.violations = whole.violations

    def accepts(self, body: Any) -> bool:
        """Whether `body` is right."""
        if type(body) is View:
            return body.accepted_by is self._whole or _accepts(self._whole, body)
        if not self._elements or type(body) is not dict:
            return self._whole.accepts(body)
        frame = {**body}  # with as many elements in each list, and nothing in them
        for name, validator in self._elements:
            listed = body.get(name)
            if isinstance(listed, list):
                frame[name] = [None] * len(listed)
                if not _are_accepted(validator, listed):
                    return False
        return self._frame.accepts(frame)


class SchemaCompiler:
    """Compiles the schemas of one contract; `components/schemas` are translated once for each direction.

    Requests may not carry what is `readOnly`, responses not what is `writeOnly` (OpenAPI 3.0.3, 4.7.24).
    """

    def __init__(self, specification: Mapping[str, Any]) -> None:
        self._schemas = specification.get("components", {}).get("schemas", {})
        self._components: dict[Direction, dict[str, Any]] = {}
        self._compiled: dict[tuple[str, Direction], Validator] = {}

    def compile(self, schema: Mapping[str, Any], direction: Direction) -> Validator:
        """The validator of one schema object, which may refer to `#/components/schemas`.

        All references to a component get the same one.
        """
        component = schema.get("$ref")
        if component is None:
            return self._made(translate(schema, direction), direction)
        if (component, direction) not in self._compiled:
            self._compiled[component, direction] = self._made(translate(schema, direction), direction)
        return self._compiled[component, direction]

    def compile_body(self, schema: Mapping[str, Any]) -> BodyValidator:
        """The validator of an answer's body."""
        whole, resolved = self.compile(schema, "response"), self.resolved(schema)
        lists = self._plain_lists(resolved)
        if not lists:
            return BodyValidator(whole, {}, whole)
        elements = {name: self.compile(each["items"], "response") for name, each in lists.items()}
        empty = {name: {k: v for k, v in each.items() if k != "items"} for name, each in lists.items()}
        frame = {**resolved, "properties": {**resolved["properties"], **empty}}
        return BodyValidator(whole, elements, self.compile(frame, "response"))

    def resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """The schema object itself where `schema` is a reference to `#/components/schemas`."""
        while "$ref" in schema:
            schema = self._schemas[schema["$ref"].rpartition("/")[2]]
        return schema

    def _plain_lists(self, schema: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
        """The properties that are lists whose elements are validated one by one, and by nothing else."""
        if COMPOSING & schema.keys():
            return {}
        named = {name: self.resolved(each) for name, each in schema.get("properties", {}).items()}
        return {
            name: each
            for name, each in named.items()
            if each.get("type") == "array" and "items" in each and not COMPOSING & each.keys()
        }

    def _made(self, translated: dict[str, Any], direction: Direction) -> Validator:
        return Validator({"allOf": [translated], "components": {"schemas": self._translated(direction)}})

    def _translated(self, direction: Direction) -> dict[str, Any]:
        if direction not in self._components:
            schemas = {name: translate(schema, direction) for name, schema in self._schemas.items()}
            self._components[direction] = schemas
        return self._components[direction]


def _are_accepted(validator: Validator, listed: Sequence[Any]) -> bool:
    try:
        before = {*map(ACCEPTED_BY, listed)}
    except AttributeError:  # they are no views
        before = {None}
    return before <= {validator} or all(_accepts(validator, element) for element in listed)


def _accepts(validator: Validator, value: Any) -> bool:
    is_right = validator.accepts(value)
    if is_right and type(value) is View:
        value.accepted_by = validator
    return is_right


def translate(schema: Mapping[str, Any], direction: Direction) -> dict[str, Any]:
    """An OpenAPI 3.0.3 schema object as JSON Schema 2020-12."""
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}
    kept = {k: v for k, v in schema.items() if k not in ANNOTATIONS and not k.startswith("x-")}
    hidden = _hidden_properties(kept, "readOnly" if direction == "request" else "writeOnly")
    for keyword in SCHEMA_MAPS:
        if keyword in kept:
            kept[keyword] = {name: translate(sub, direction) for name, sub in kept[keyword].items()}
    for keyword in SCHEMA_LISTS:
        if keyword in kept:
            kept[keyword] = [translate(sub, direction) for sub in kept[keyword]]
    for keyword in SCHEMAS:
        if isinstance(kept.get(keyword), Mapping):
            kept[keyword] = translate(kept[keyword], direction)
    _forbid(kept, hidden)
    _exclusive_bounds(kept)
    return _nullable(kept)


def _hidden_properties(schema: Mapping[str, Any], mark: str) -> tuple[str, ...]:
    return tuple(name for name, sub in schema.get("properties", {}).items() if sub.get(mark))


def _forbid(schema: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        schema["properties"][name] = False
    if "required" in schema:
        schema["required"] = [name for name in schema["required"] if name not in names]


def _exclusive_bounds(schema: dict[str, Any]) -> None:
    # Booleans in OpenAPI 3.0 (as in JSON Schema draft 4), numbers in 2020-12.
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if schema.pop(exclusive, False):
            schema[exclusive] = schema.pop(bound)


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if not schema.pop("nullable", False):
        return schema
    if "type" in schema and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _shortened(message: str) -> str:
    # A message quotes the value first and says what was expected last.
    if len(message) <= LONGEST_MESSAGE:
        return message
    return f"{message[: LONGEST_MESSAGE // 2]}...{message[-LONGEST_MESSAGE // 2 :]}"


def _message(error: jsonschema_rs.ValidationError) -> str:
    # Of alternatives the library says only that none fits: tell what is wrong with each.
    alternatives = [each[0].message for each in getattr(error.kind, "context", ()) if each]
    return f"fits no alternative: {'; or: '.join(alternatives)}" if alternatives else str(error.message)


def _pointer(path: list[str | int]) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
