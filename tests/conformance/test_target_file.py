"""Target files: what they hold, and how errors name the key and the reason."""

import sys
from pathlib import Path
from typing import Any

import pytest

from conformance.target import Hook
from conformance.target_file import parse, read
from conformance.target_values import TargetError

HERE = {"base_url": "http://127.0.0.1:9000"}
SCOPE = {"in": "query", "name": "scope", "occurrence": "one", "series": "all"}
COMPLETE = """
api = "deepworkzone"
base_url = "https://sessions.example/"
consent = true
[actors.owner]
token = "secret-one"
[actors.member]
token_env = "MEMBER_TOKEN"
[actors.outsider]
token = "secret-three"
[organizations]
shared = "org-1"
second = 2
[known]
sessions = ["one", "two"]
[settings]
delete_scope = {in = "query", name = "scope", occurrence = 0, series = 1}
[features]
recurrence = false
[limits]
rate = "120/m"
max_time = 60
credits = 0
"""


def parsed(**more: Any) -> Any:
    """Parse a document for Deep Work Zone, unless it names another API, with an empty environment."""
    return parse({**HERE, **more}, more.get("api", "deepworkzone"), {})


def test_a_complete_file_is_read(tmp_path: Path) -> None:
    """Every table arrives in the target."""
    path = tmp_path / "target.toml"
    path.write_text(COMPLETE, "utf-8")

    target = read(path, "deepworkzone", {"MEMBER_TOKEN": "secret-two"})

    assert target.base_url == "https://sessions.example"
    assert {name: each.token for name, each in target.actors.items()} == {
        "owner": "secret-one",
        "member": "secret-two",
        "outsider": "secret-three",
    }
    assert target.organizations == {"shared": "org-1", "second": 2}
    assert target.known == {"sessions": ("one", "two")}
    assert target.features == {"recurrence": False}
    assert (target.limits.rate, target.limits.max_time, target.limits.credits) == (2.0, 60.0, 0)
    assert target.settings["delete_scope"]["series"] == 1


def test_secrets_are_not_shown() -> None:
    """Neither the target nor an actor shows a token when printed."""
    assert "secret-one" not in repr(parsed(actors={"owner": {"token": "secret-one"}}))


def test_a_command_gives_the_token() -> None:
    """What the command prints, without the line's end, is the token."""
    command = [sys.executable, "-c", "print('printed')"]

    target = parsed(actors={"owner": {"token_command": command}})

    assert target.actors["owner"].token == "printed"


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"colour": "red"}, "colour", "is not known"),
    ({"base_url": "127.0.0.1:9000"}, "base_url", "is not an http"),
    ({"base_url": "http://me:pw@127.0.0.1"}, "base_url", "neither query, fragment nor credentials"),
    ({"base_url": "http://127.0.0.1:99999"}, "base_url", "is not a URL"),
    ({"base_url": "https://viben.example"}, "consent", "set `consent = true`"),
    ({"actors": {"owner": "secret"}}, "actors.owner", "must be a table"),
    ({"actors": {"owner": {}}}, "actors.owner", "exactly one of"),
    ({"actors": {"owner": {"tokn": "x"}}}, "actors.owner.tokn", "is not known"),
    ({"actors": {"owner": {"token_env": "NO_SUCH"}}}, "actors.owner.token_env", "is not set"),
    ({"actors": {"owner": {"token_command": ["/no/such"]}}}, "actors.owner.token_command", "No such file"),
    ({"actors": {"owner": {"token_command": "pass show"}}}, "actors.owner.token_command", "a list of texts"),
    ({"actors": {"owner": {"token": "  "}}}, "actors.owner.token", "not empty"),
    ({"actors": {"owner": {"token": "s3cret "}}}, "actors.owner.token", "ends with a space"),
    ({"actors": {"owner": {"token_env": ""}}}, "actors.owner.token_env", "the name of an environment"),
    ({"organizations": {"shared": True}}, "organizations.shared", "must be an id"),
    ({"known": {"sessions": "one"}}, "known.sessions", "a list of ids"),
    ({"known": {"sessions": [True]}}, "known.sessions", "a list of ids"),
    ({"features": {"recurrence": "yes"}}, "features.recurrence", "true or false"),
    ({"api": "zipf", "hooks": {"age": {"method": "POST"}}}, "hooks.age.url", "is missing"),
    ({"limits": {"rate": "fast"}}, "limits.rate", "write 20/s"),
    ({"limits": {"max_time": 0}}, "limits.max_time", "above 0"),
    ({"limits": {"max_time": float("nan")}}, "limits.max_time", "above 0"),
    ({"connection": {"timeout": float("inf")}}, "connection.timeout", "1000000 at most"),
    ({"connection": {"timeout": 1e300}}, "connection.timeout", "1000000 at most"),
    ({"limits": {"credits": 1.5}}, "limits.credits", "whole number"),
]


@pytest.mark.parametrize(("given", "key", "reason"), WRONG, ids=lambda each: str(each)[:40])
def test_errors_name_key_and_reason(given: dict[str, Any], key: str, reason: str) -> None:
    """A file that cannot be used says which key and why, and shows no token."""
    with pytest.raises(TargetError) as error:
        parsed(**given)

    assert error.value.key == key
    assert reason in error.value.reason


def test_a_file_for_another_api_is_refused() -> None:
    """What a file says of one API is not used for another one."""
    with pytest.raises(TargetError, match="api: the file is for 'zipf', but 'viben' is to be examined"):
        parse({**HERE, "api": "zipf"}, "viben", {})


def test_a_hook_is_read() -> None:
    """Its method, address and body arrive in the target."""
    given = {"method": "POST", "url": "http://127.0.0.1/", "body": "{days}"}
    target = parsed(api="zipf", hooks={"age": given})

    assert target.hooks == {"age": Hook("POST", "http://127.0.0.1/", "{days}")}


@pytest.mark.parametrize("url", ["http://a.example/", "http://[::1", "http://127.0.0.1@a.example/"])
def test_a_hook_beyond_this_machine_needs_consent(url: str) -> None:
    """A deployment on this machine is no leave to send requests to another one."""
    given = {"age": {"method": "POST", "url": url}}
    with pytest.raises(TargetError, match=r"hooks\.age\.url: is not on this machine; set `consent = true`"):
        parsed(api="zipf", hooks=given)

    assert parsed(api="zipf", hooks=given, consent=True).hooks["age"].url == url


def test_two_actors_with_one_credential_are_refused() -> None:
    """An outsider who is the owner would make an honest server fail; the error shows no token."""
    twins = {"owner": {"token": "s3cret"}, "outsider": {"token": "s3cret"}}

    with pytest.raises(TargetError, match=r"actors\.outsider: has the credentials of actors\.owner") as error:
        parsed(actors=twins)
    assert "s3cret" not in str(error.value)


UNKNOWN: list[tuple[str, dict[str, Any]]] = [
    ("zipf", {"settings": {"crawl_url": ["https://a.example/"]}}),
    ("zipf", {"features": {"x": True}}),
    ("zipf", {"known": {"sess": ["1"]}}),
    ("zipf", {"hooks": {"nope": {"method": "GET", "url": "http://a/"}}}),
    ("zipf", {"organizations": {"foo": "1"}}),
    ("zipf", {"actors": {"nobody": {"token": "secret"}}}),
    ("viben", {"actors": {"owner": {"token": "secret"}}}),
    ("mobilenext", {"hooks": {"age": {"method": "GET", "url": "http://a/"}}}),
]


@pytest.mark.parametrize(("api", "given"), UNKNOWN, ids=str)
def test_names_that_no_requirement_uses_are_refused(api: str, given: dict[str, Any]) -> None:
    """A name is misspelt, or for another API, and the file would be read as if it were not there."""
    with pytest.raises(TargetError) as error:
        parsed(api=api, **given)

    assert error.value.key == ".".join((*given, *next(iter(given.values()))))
    assert "is not known" in error.value.reason


UNFIT: list[tuple[str, str, Any, str]] = [
    ("zipf", "crawl_urls", "http://x", "a list of texts"),
    ("zipf", "crawl_urls", [1, {"a": 2}], "a list of texts"),
    ("zipf", "crawl_urls", ["ftp://x"], "is not an http(s) URL"),
    ("zipf", "public_sharing", "yes", "true or false"),
    ("zipf", "tag_field", 7, "must be a text"),
    ("zipf", "tag_field", "", "not empty"),
    ("zipf", "tag_field", "metadata..tags", "not the name of a field"),
    ("zipf", "link_graph_path", "/link-graph", "with {id} in it"),
    ("viben", "agent_id", 7, "must be a text"),
    ("viben", "task_ids", "task-1", "a list of texts"),
    ("viben", "task_ids", [], "is empty"),
    ("deepworkzone", "participation_field", "", "not empty"),
    ("deepworkzone", "delete_scope", "series", "must be a table"),
    ("deepworkzone", "delete_scope", {"in": "query", "name": "scope"}, "must be a text, a number"),
    ("deepworkzone", "delete_scope", {**SCOPE, "in": "header"}, "query, body"),
    ("deepworkzone", "delete_scope", {**SCOPE, "where": "query"}, "is not known"),
]


@pytest.mark.parametrize(("api", "name", "value", "reason"), UNFIT, ids=str)
def test_settings_that_requirements_cannot_use_are_refused(
    api: str, name: str, value: object, reason: str
) -> None:
    """A setting of another kind would make requirements send nonsense, and accuse the deployment of it."""
    with pytest.raises(TargetError) as error:
        parsed(api=api, settings={name: value})

    assert error.value.key.startswith(f"settings.{name}")
    assert reason in error.value.reason


SPILT: list[dict[str, Any]] = [
    {"actors": {"owner": {"token_env": "sk-live-REALSECRET"}}},
    {"actors": {"owner": {"token_env": ["REALSECRET"]}}},
    {"actors": {"owner": {"token_command": "curl -u me:REALSECRET http://a"}}},
    {"actors": {"owner": {"token_command": ["curl -u me:REALSECRET http://a"]}}},
    {"headers": {"X-Key": {"env": "REALSECRET"}}},
    {"base_url": "http://me:REALSECRET@127.0.0.1"},
    {"base_url": "http://:REALSECRET@127.0.0.1"},
    {"base_url": "http://me:REALSECRET"},
    {"base_url": "me:REALSECRET@127.0.0.1"},
]


@pytest.mark.parametrize("given", SPILT, ids=str)
def test_a_credential_in_the_wrong_place_is_not_repeated(given: dict[str, Any]) -> None:
    """The error names the key, and does not show what stands there."""
    with pytest.raises(TargetError) as error:
        parsed(**given)

    assert "REALSECRET" not in str(error.value)


def test_a_command_that_prints_no_text_is_an_error() -> None:
    """Bytes that are not UTF-8 are no token."""
    command = [sys.executable, "-c", "import sys; sys.stdout.buffer.write(bytes([255]))"]

    with pytest.raises(TargetError, match="no UTF-8"):
        parsed(actors={"owner": {"token_command": command}})


@pytest.mark.parametrize("given", ["colour = 1", "[actors]\nowner = 1", "[headers]\nHost = 'x'"])
def test_every_error_begins_with_the_file(given: str, tmp_path: Path) -> None:
    """Whichever key is wrong, the reader is told where to look for it."""
    file = tmp_path / "target.toml"
    file.write_text(f"base_url = 'http://127.0.0.1:9'\n{given}\n", "utf-8")

    with pytest.raises(TargetError) as error:
        read(file, "zipf", {})
    assert str(error.value).startswith(f"{file}: ")


def test_a_file_that_is_missing_or_no_toml_is_named(tmp_path: Path) -> None:
    """The error names the file."""
    broken = tmp_path / "broken.toml"
    broken.write_text("base_url =", "utf-8")

    with pytest.raises(TargetError, match=r"missing\.toml: cannot be read"):
        read(tmp_path / "missing.toml", "viben", {})
    with pytest.raises(TargetError, match=r"broken\.toml: is not TOML"):
        read(broken, "viben", {})
