"""The documentation pages and the served contract."""

import re

import httpx
import pytest
import yaml
from openapi_spec_validator import validate

PREFIXES = ("", "/viben", "/~one", "/~one/viben", "/~%6Fne/viben")


@pytest.mark.parametrize("prefix", [*PREFIXES, "/__admin", "/~one/__admin"])
def test_the_page_needs_no_network(viben: httpx.Client, prefix: str) -> None:
    """Everything that the page loads comes from the mock itself, under the same prefix."""
    page = viben.get(f"{prefix}/docs")
    linked = re.findall(r'(?:src|href|data-contract)="([^"]*)"', page.text)

    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "//" not in page.text.replace("<!doctype html>", "")
    assert len(linked) == 5
    assert {viben.get(link).status_code for link in linked} == {200}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_contract_names_the_server_it_came_from(viben: httpx.Client, prefix: str) -> None:
    """Whoever loads the contract under a prefix calls the API under the same prefix."""
    [server] = viben.get(f"{prefix}/openapi.json").json()["servers"]

    assert server["url"] == prefix.replace("%6F", "o") + "/api"
    assert viben.get(server["url"] + "/sessions").status_code == 200


def test_control_is_documented_where_it_is(viben: httpx.Client) -> None:
    """Control's contract names its own root."""
    [server] = viben.get("/~one/__admin/openapi.json").json()["servers"]

    assert viben.get(server["url"] + "/health").json()["status"] == "ok"


def test_json_and_yaml_say_the_same(viben: httpx.Client) -> None:
    """The contract is served in both forms, and both are valid."""
    as_json = viben.get("/viben/openapi.json").json()
    as_yaml = yaml.safe_load(viben.get("/viben/openapi.yaml").text)

    assert as_json == as_yaml
    validate(as_json)


def test_a_prefix_is_text_in_the_page(viben: httpx.Client) -> None:
    """A namespace that looks like markup stays text."""
    assert "<script>alert" not in viben.get("/~%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E/viben/docs").text


def test_a_slash_too_many_leads_to_the_page(viben: httpx.Client) -> None:
    """`/docs/` redirects to `/docs` under the same prefix."""
    assert viben.get("/~one/viben/docs/").headers["Location"] == "/~one/viben/docs"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/docs/nothing", 404),
        ("GET", "/docs/assets/nothing.js", 404),
        ("GET", "/docs/assets/..%2F..%2Fpyproject.toml", 404),
        ("POST", "/docs", 405),
        ("DELETE", "/openapi.json", 405),
    ],
)
def test_what_the_documentation_has_not_is_a_problem(
    viben: httpx.Client, method: str, path: str, status: int
) -> None:
    """The pages are the mock's own, and so are their errors (RFC 9457)."""
    answer = viben.request(method, path)

    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["Content-Type"] == "application/problem+json"
