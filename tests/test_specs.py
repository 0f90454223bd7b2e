"""How a contract is written: the conventions every file in openapi/ keeps, made executable."""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from openapi_schema_validator import OAS30ReadValidator, OAS30WriteValidator
from openapi_spec_validator import validate

import openapi
from openapi import Spec
from openapi.marks import MARK, References, reasons
from openapi.provenance import METHODS
from tests.openapi.objects import Located, objects
from tests.source_tree import ROOT

CONTRACTS = {name: openapi.load(name) for name in (*openapi.names(), "control")}
VENDORS = openapi.names()

TOP = ["openapi", "info", "servers", "tags", "security", "paths", "components"]
COMPONENTS = [
    "securitySchemes",
    "parameters",
    "headers",
    "requestBodies",
    "responses",
    "links",
    "schemas",
    "examples",
]
METHOD_ORDER = ["post", "get", "put", "patch", "delete"]
VERBS = {"get": {"get", "list"}, "put": {"replace"}, "patch": {"update"}, "delete": {"delete"}}
EXTENSIONS = {MARK, "x-source"}

# What a mark may name beside the keywords that the object has.
SPECIAL = {
    "path item": {"path"},
    "operation": {"existence"},
    "parameter": {"existence"},
    "response": {"status"},
    "schema": {"nullable"},
    "property": {"nullable", "existence"},
}

each_contract = pytest.mark.parametrize("name", CONTRACTS)
each_vendor = pytest.mark.parametrize("name", VENDORS)


def operations(spec: Spec) -> Iterator[tuple[str, str, Spec]]:
    """Yield path, method and definition of every operation."""
    for path, item in spec["paths"].items():
        yield from ((path, method, item[method]) for method in METHODS if method in item)


def of_kind(spec: Spec, *kinds: str) -> list[Located]:
    """Return the objects of these kinds that are no references."""
    return [place for place in objects(spec) if place.kind in kinds and "$ref" not in place.node]


def nodes(node: Any, pointer: str = "#") -> Iterator[tuple[str, Spec]]:
    """Yield every dictionary in `node` with its place."""
    if isinstance(node, dict):
        yield pointer, node
        for key, value in node.items():
            yield from nodes(value, f"{pointer}/{key}")
    elif isinstance(node, list):
        for at, item in enumerate(node):
            yield from nodes(item, f"{pointer}/{at}")


def references(spec: Spec) -> set[str]:
    """Return every reference in a contract."""
    return {node["$ref"] for _, node in nodes(spec) if isinstance(node.get("$ref"), str)}


def component_names(spec: Spec) -> set[str]:
    """Return the references that lead to the components of a contract."""
    return {f"#/components/{kind}/{name}" for kind, each in spec["components"].items() for name in each}


@each_contract
def test_it_is_valid_openapi(name: str) -> None:
    """openapi-spec-validator accepts it, in the version that all tools here read."""
    assert CONTRACTS[name]["openapi"] == "3.0.3", "Connexion reads OpenAPI 3.0 only: write 3.0.3"
    validate(CONTRACTS[name])


def test_yamllint_is_content() -> None:
    """The files have one form, which .yamllint.yaml describes."""
    command = [sys.executable, "-m", "yamllint", "--strict", "-f", "parsable", "openapi"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout


@each_contract
def test_keys_stand_in_order(name: str) -> None:
    """Whoever knows one contract finds everything in another."""
    spec = CONTRACTS[name]
    for keys, order in ((spec, TOP), (spec["components"], COMPONENTS)):
        assert list(keys) == [key for key in order if key in keys], f"the order is {', '.join(order)}"
    for path, item in spec["paths"].items() if name in VENDORS else ():
        methods = [key for key in item if key in METHODS]
        assert methods == [key for key in METHOD_ORDER if key in methods], f"{path}: order is {METHOD_ORDER}"


@each_contract
def test_codes_and_dates_are_quoted(name: str) -> None:
    """A key such as 200, or a date, is text in a contract and has to be quoted to be text in YAML."""
    text = (openapi.FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    keys = {key for _, node in nodes(yaml.safe_load(text)) for key in node}

    assert all(isinstance(key, str) for key in keys), "quote the keys that are numbers"
    assert openapi.load(name) == yaml.safe_load(text), "quote the values that YAML reads as dates"


@each_contract
def test_there_is_no_template_in_it(name: str) -> None:
    """Connexion would run a file through Jinja, where these marks vanish or run code."""
    text = (openapi.FOLDER / f"{name}.yaml").read_text(encoding="utf-8")

    assert not re.findall(r"\{\{|\{%|\{#", text), "write it without {{, {% and {#"


@each_contract
def test_every_operation_has_a_name_of_its_own(name: str) -> None:
    """The operationId is a verb that fits the method and a noun, and a Python name."""
    ids = Counter(operation.get("operationId", "") for *_, operation in operations(CONTRACTS[name]))
    assert ids.most_common(1)[0][1] == 1, f"{ids.most_common(1)[0][0]!r} names two operations"
    for path, method, operation in operations(CONTRACTS[name]):
        match = re.fullmatch(r"([a-z]+)(_[a-z0-9]+)+", operation["operationId"])
        assert match, f"{method} {path}: the operationId is verb_noun in snake_case"
        verbs = VERBS.get(method, {match[1]})
        assert match[1] in verbs or name == "control", f"{method} {path}: the verb is one of {sorted(verbs)}"


@each_contract
def test_every_operation_has_one_described_tag(name: str) -> None:
    """Tags are the nouns of an API; none is without description or use."""
    described = {tag["name"] for tag in CONTRACTS[name]["tags"] if tag.get("description")}
    for path, method, operation in operations(CONTRACTS[name]):
        assert len(operation.get("tags", [])) == 1, f"{method} {path}: give it exactly one tag"

    used = {operation["tags"][0] for *_, operation in operations(CONTRACTS[name])}
    assert used == described, "describe the tags that are used under tags, and no others"


@each_contract
def test_summaries_are_imperative_phrases(name: str) -> None:
    """A summary reads like a heading: a capital first, no full stop; a description says the rule."""
    for path, method, operation in operations(CONTRACTS[name]):
        summary = operation.get("summary", "")
        assert re.fullmatch(r"[A-Z][^\n]*[^.\n]", summary), f"{method} {path}: write 'Create a session'"
        assert operation.get("description") or name == "control", f"{method} {path}: describe the rule"


@each_contract
def test_every_operation_lists_its_statuses(name: str) -> None:
    """Codes are explicit, and each operation can succeed and be refused."""
    for path, method, operation in operations(CONTRACTS[name]):
        codes = set(operation["responses"])
        assert all(re.fullmatch("[1-5][0-9][0-9]", code) for code in codes), (
            f"{method} {path}: no ranges, no default"
        )
        expected = {"2", "4"} if name in VENDORS else {"2"}
        assert expected <= {code[0] for code in codes}, f"{method} {path}: list a success and a refusal"


@each_vendor
def test_paths_with_ids_can_miss_and_protected_ones_refuse(name: str) -> None:
    """An operation on one record answers 404, one that asks for credentials 401, and says so."""
    spec = CONTRACTS[name]
    for path, method, operation in operations(spec):
        codes = operation["responses"]
        assert "{" not in path or "404" in codes, f"{method} {path}: list 404"
        assert not operation.get("security", spec["security"]) or "401" in codes, f"{method} {path}: list 401"


@each_vendor
def test_creating_leads_somewhere(name: str) -> None:
    """A reply 201 has links to what can be done with the new record: a stateful test run lives on them."""
    for path, method, operation in operations(CONTRACTS[name]):
        created = References(CONTRACTS[name]).resolved(operation["responses"].get("201", {"links": True}))
        assert created.get("links"), f"{method} {path}: give its 201 links"


@each_contract
def test_components_have_names_and_uses(name: str) -> None:
    """Component names are PascalCase nouns, every one is used, and every reference leads to one."""
    spec = CONTRACTS[name]
    named = {reference for reference in component_names(spec) if "/securitySchemes/" not in reference}

    assert all(re.search(r"/([A-Z][A-Za-z0-9]*)$", reference) for reference in named)
    assert references(spec) == named, "remove what nobody refers to; refer only to components of the file"


@each_contract
def test_no_schema_contains_itself(name: str) -> None:
    """Connexion could not serve a contract with a recursive schema."""
    links = {
        f"#/components/schemas/{key}": references(schema)
        for key, schema in schemas_of(CONTRACTS[name]).items()
    }
    for start in links:
        reached, waiting = set[str](), [start]
        while waiting:
            following = links[waiting.pop()] - reached
            reached |= following
            waiting.extend(following)
        assert start not in reached, f"{start} contains itself"


def schemas_of(spec: Spec) -> Spec:
    """Return the named schemas of a contract."""
    schemas: Spec = spec["components"]["schemas"]
    return schemas


@each_vendor
def test_every_object_that_people_read_is_described(name: str) -> None:
    """Parameters, headers, bodies, responses and named schemas each have a sentence of their own."""
    spec = CONTRACTS[name]
    described = of_kind(spec, "parameter", "header", "request body", "response")
    for place in described:
        assert place.node.get("description"), f"{place.pointer}: describe it"
    for key, schema in schemas_of(spec).items():
        assert schema.get("description"), f"schema {key}: describe it"


@each_contract
def test_bodies_have_examples(name: str) -> None:
    """Every body has a named example: Schemathesis sends them, people copy them."""
    for place in of_kind(CONTRACTS[name], "media type"):
        assert "example" not in place.node, f"{place.pointer}: move the example to components/examples"
        examples = place.node.get("examples")
        assert examples or "application/json" not in place.pointer, f"{place.pointer}: give it an example"
        for example in (examples or {}).values():
            assert "$ref" in example, f"{place.pointer}: move the example to components/examples"


@each_contract
def test_examples_fit_their_schemas(name: str) -> None:
    """An example that breaks the contract teaches the wrong thing."""
    spec = CONTRACTS[name]
    for place in of_kind(spec, "media type", "parameter", "header", "schema", "property"):
        for value in examples_of(place.node, References(spec)):
            schema = place.node.get("schema", place.node)
            errors = list(validator(schema, spec, place.in_request).iter_errors(value))
            assert not errors, f"{place.pointer}: {errors[0].message}"


def examples_of(node: Spec, references: References) -> list[Any]:
    """Return the values of the examples of one object."""
    named = node.get("examples", {}).values()
    return [node[key] for key in ("example",) if key in node] + [
        references.resolved(example)["value"] for example in named
    ]


def validator(schema: Spec, spec: Spec, in_request: bool) -> Any:
    """Return a validator that finds the components of `spec`."""
    kind = OAS30WriteValidator if in_request else OAS30ReadValidator
    return kind({"allOf": [schema], "components": spec["components"]}, format_checker=kind.FORMAT_CHECKER)


@each_contract
def test_example_summaries_are_sentences(name: str) -> None:
    """The summary of an example says what happens in it."""
    for key, example in CONTRACTS[name]["components"].get("examples", {}).items():
        assert re.fullmatch(r"[A-Z][^\n]*[^.\n]", example.get("summary", "")), (
            f"example {key}: write a sentence"
        )


@each_contract
def test_marks_stand_where_they_are_read(name: str) -> None:
    """A mark belongs in an object, never beside a reference and never in a map of objects."""
    spec = CONTRACTS[name]
    allowed = {
        id(place.node) for place in objects(spec) if "$ref" not in place.node and place.kind != "components"
    }
    for pointer, node in nodes(spec):
        assert MARK not in node or id(node) in allowed, (
            f"{pointer}: move {MARK} into an object beside no $ref"
        )
        unknown = {key for key in node if str(key).startswith("x-")} - EXTENSIONS
        assert not unknown or id(node) not in allowed, f"{pointer}: {unknown} is none of {sorted(EXTENSIONS)}"


@each_contract
def test_marks_name_what_is_there_and_why(name: str) -> None:
    """A mark has reasons, and a map of them names keywords that the object has, or parts of them."""
    for place in objects(CONTRACTS[name]):
        mark = place.node.get(MARK, "no mark")
        texts = mark.values() if isinstance(mark, dict) else [mark]
        reasoned = [isinstance(text, str) and len(text) > 5 for text in texts]
        assert min(reasoned, default=False), f"{place.pointer}: say why"
        dead = set(reasons(place.node)) - named_by_marks(place)
        assert not dead, f"{place.pointer}: there is no {sorted(dead)} here to be assumed"


def named_by_marks(place: Located) -> set[str]:
    """Return what a mark on this object may name."""
    lists = {keyword: place.node.get(keyword) for keyword in ("required", "enum")}
    parts = {
        f"{keyword}/{part}" for keyword, each in lists.items() if isinstance(each, list) for part in each
    }
    return SPECIAL.get(place.kind, set()) | (place.node.keys() - {"description", MARK}) | parts
