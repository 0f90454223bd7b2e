"""Parameters of one operation, compiled: from the raw request to the keyword arguments of its handler."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

from mock_server.errors import InvalidRequest
from mock_server.headers import Fields, RequestHeaders
from mock_server.validation import SchemaCompiler, Validator

Convert = Callable[[str], Any]
MAX_FIELDS = 200
# Longer ones than any client means; reading them takes time with the square of their length.
INTEGER = re.compile(r"-?[0-9]{1,100}\Z")
NUMBER = re.compile(r"-?[0-9]{1,100}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?\Z")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: where it stands, how its text is read, what it may be.

    `argument` is the handler's keyword argument; `separator` splits the text of an array that is sent in one
    piece (`explode: false`), None means that an array repeats its name.
    """

    name: str
    location: str
    argument: str
    required: bool
    default: Any
    is_array: bool
    separator: str | None
    convert: Convert
    validator: Validator

    def read(self, texts: Sequence[str]) -> Any:
        """The value of a parameter that was sent. Raises `InvalidRequest`."""
        if self.is_array:
            value: Any = self._list(texts)
        elif len(texts) > 1:
            raise self.refusal("was sent more than once")
        else:
            value = self._converted(texts[0])
        if not self.validator.accepts(value):
            detail = next(self.validator.violations(value)).detail.removeprefix("the value: ")
            raise self.refusal(detail)
        return value

    def refusal(self, detail: str) -> InvalidRequest:
        """The error that names this parameter."""
        return InvalidRequest(f"{self.location} parameter '{self.name}': {detail}", pointer=self.name)

    def _list(self, texts: Sequence[str]) -> list[Any]:
        parts = texts if self.separator is None else texts[-1].split(self.separator)
        return [self._converted(part) for part in parts]

    def _converted(self, text: str) -> Any:
        try:
            return self.convert(text)
        except ValueError as error:
            raise self.refusal(str(error)) from None


class ParameterReader:
    """Reads all parameters of one operation."""

    def __init__(self, parameters: Sequence[Parameter]) -> None:
        self._path, self._query, self._header, self._cookie = (
            tuple(parameter for parameter in parameters if parameter.location == location)
            for location in ("path", "query", "header", "cookie")
        )

    def read(self, path: Mapping[str, str], query: bytes, headers: Fields) -> dict[str, Any]:
        """Keyword arguments for the handler; a parameter that was not sent and has no default is left out.

        `path` holds decoded path segments by name. Raises `InvalidRequest`.
        """
        arguments: dict[str, Any] = {}
        for each in self._path:
            arguments[each.argument] = each.read((path[each.name],))
        if self._query:
            _collect(self._query, parse_query(query) if query else {}, arguments)
        if self._header:
            text = RequestHeaders(headers)
            sent = {each.name: (text[name],) for each in self._header if (name := each.name.lower()) in text}
            _collect(self._header, sent, arguments)
        if self._cookie:
            _collect(self._cookie, parse_cookies(RequestHeaders(headers).get("cookie", "")), arguments)
        return arguments


def _collect(
    parameters: Sequence[Parameter], sent: Mapping[str, Sequence[str]], arguments: dict[str, Any]
) -> None:
    for parameter in parameters:
        if texts := sent.get(parameter.name):
            arguments[parameter.argument] = parameter.read(texts)
        elif parameter.required:
            raise parameter.refusal("is required")
        elif parameter.default is not None:
            arguments[parameter.argument] = parameter.default


def compile_parameter(raw: Mapping[str, Any], argument: str, schemas: SchemaCompiler) -> Parameter:
    """The compiled form of an OpenAPI 3.0 parameter object; its schemas may be references."""
    schema = schemas.resolved(raw["schema"])
    is_array = schema.get("type") == "array"
    explode = raw.get("explode", raw.get("style", "form") == "form" and raw["in"] in ("query", "cookie"))
    return Parameter(
        name=raw["name"],
        location=raw["in"],
        argument=argument,
        required=raw.get("required", False),
        default=schema.get("default"),
        is_array=is_array,
        separator=None if explode else ",",
        convert=_converter(schemas.resolved(schema["items"]) if is_array else schema),
        validator=schemas.compile(schema, "request"),
    )


def parse_query(query: bytes) -> dict[str, list[str]]:
    """Every value by name, in the order sent. Raises `InvalidRequest` for a NUL or what is not UTF-8."""
    try:
        text = query.decode("ascii")
        fields = [_field(each) for each in text.split("&", MAX_FIELDS) if each]
    except UnicodeDecodeError:
        raise InvalidRequest("the query string is not percent-encoded UTF-8") from None
    if text.count("&") >= MAX_FIELDS:
        raise InvalidRequest(f"the query string has more than {MAX_FIELDS} fields")
    values: dict[str, list[str]] = {}
    for name, value in fields:
        if "\x00" in value:
            raise InvalidRequest(f"query parameter '{name}': holds the character U+0000", pointer=name)
        values.setdefault(name, []).append(value)
    return values


def _field(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    if "%" in text or "+" in text:
        return unquote_plus(name, errors="strict"), unquote_plus(value, errors="strict")
    return name, value


def parse_cookies(header: str) -> dict[str, list[str]]:
    """Names and values of a `Cookie` header (RFC 6265, 4.2); what is not `name=value` is passed over."""
    pairs = (pair.strip().partition("=") for pair in header.split(";"))
    return {name: [value.strip('"')] for name, equals, value in pairs if equals}


def _converter(schema: Mapping[str, Any]) -> Convert:
    converters: dict[str, Convert] = {"integer": _integer, "number": _number, "boolean": _boolean}
    return converters.get(schema.get("type", "string"), str)


def _integer(text: str) -> int:
    if not INTEGER.match(text):
        raise ValueError(f"expected an integer, got {text[:40]!r}")
    return int(text)


def _number(text: str) -> float:
    if not NUMBER.match(text) or math.isinf(number := float(text)):
        raise ValueError(f"expected a number, got {text[:40]!r}")
    return number


def _boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(f"expected true or false, got {text[:40]!r}")
    return text == "true"
