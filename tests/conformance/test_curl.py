"""Reproductions: shell scripts of curl lines."""

import json
import subprocess

import pytest

from conformance.curl import quoted, script
from conformance.exchange import Exchange
from tests.conformance.samples import exchange

BASE = "http://127.0.0.1:9000"


def shell(command: str) -> bytes:
    """Return what a shell prints."""
    return subprocess.run(["/bin/bash", "-c", command], capture_output=True, check=True).stdout


def echoed(text: str, variables: str = "") -> str:
    """Return what a shell makes of a quoted text."""
    return shell(f"{variables} printf %s {text}").decode()


def test_a_single_request_shows_its_reply() -> None:
    """The script sets the address, which a caller can change, and shows status and body of the last reply."""
    lines = script(BASE, [exchange("GET", "/api/sessions?task_id=a%20b")], {})

    assert lines == (
        "BASE_URL=${BASE_URL:-http://127.0.0.1:9000}",
        "curl -sS -i \"$BASE_URL\"'/api/sessions?task_id=a%20b'",
    )


@pytest.mark.parametrize("text", ["it's", '$HOME `id` "x" \\', "a\nb", "ünï", "", "!1"])
def test_texts_survive_the_shell(text: str) -> None:
    """Whatever a text holds, the shell hands it on unchanged."""
    assert echoed(quoted(text, {})) == text


def test_a_variable_stands_where_its_value_stood() -> None:
    """A value with a variable is replaced as a whole, not inside a longer word."""
    text = quoted("/x/abc-1/y abc-12 it's", {"abc-1": "id"})

    assert echoed(text, "id=NEW;") == "/x/NEW/y abc-12 it's"


def test_ids_are_taken_from_the_reply_that_gave_them() -> None:
    """A later request uses the id of the earlier reply, by jq."""
    reply = json.dumps({"id": "session-1a", "status": "created"}).encode()
    steps = [
        exchange("POST", "/api/sessions", b"{}", reply),
        exchange("GET", "/api/sessions/session-1a"),
    ]

    _, first, second = script(BASE, steps, {})

    assert first == "id=$(curl -sS -X POST \"$BASE_URL\"/api/sessions --data-binary '{}' | jq -r .id)"
    assert second == 'curl -sS -i "$BASE_URL"/api/sessions/"${id}"'


def test_two_ids_have_two_variables() -> None:
    """Sessions created one after the other are told apart."""
    made = [exchange("POST", "/s", b"{}", json.dumps({"id": each}).encode()) for each in ("one-1", "two-2")]

    lines = script(BASE, [*made, exchange("GET", "/s/two-2"), exchange("GET", "/s/one-1")], {})

    assert lines[1].startswith("id=")
    assert lines[2].startswith("id_2=")
    assert lines[3].endswith('/s/"${id_2}"')
    assert lines[4].endswith('/s/"${id}"')


def test_numbers_are_ids_only_in_a_path() -> None:
    """An id that is a number is replaced as a path segment and nowhere else."""
    steps = [exchange("POST", "/s", b"{}", b'{"id": 7}'), exchange("GET", "/s/7?limit=7")]

    assert script(BASE, steps, {})[2].endswith("/s/\"${id}\"'?limit=7'")


def test_what_the_client_chose_is_no_variable() -> None:
    """A value that the client sent first stays as it was sent."""
    reply = b'{"agent_id": "CLAUDE_CODE"}'
    steps = [
        exchange("POST", "/s", b'{"agent_id": "CLAUDE_CODE"}', reply),
        exchange("GET", "/s?agent_id=CLAUDE_CODE"),
    ]

    assert "jq" not in "".join(script(BASE, steps, {}))


def test_only_real_credentials_are_masked() -> None:
    """The token becomes a variable; other headers, whatever their name, are shown."""
    headers = (("Authorization", "Bearer s3cret"), ("X-Session-Key", "shown"))
    line = script(BASE, [Exchange("GET", "/s", headers, None)], {"s3cret": "OWNER_TOKEN"})[1]

    assert "s3cret" not in line
    assert echoed(line.split("-H ")[1], "OWNER_TOKEN=mine;") == "Authorization: Bearer mine"
    assert "'X-Session-Key: shown'" in line


@pytest.mark.parametrize("body", [b"\xff\x00%\\n'", b"[" + b"a" * 20_000 + b"\xff'%]"])
def test_bodies_of_any_bytes_and_length_are_sent_unchanged(body: bytes) -> None:
    """A body that no argument can hold goes through standard input, byte for byte."""
    line = script(BASE, [exchange("POST", "/s", body)], {})[1]
    producer = line.rpartition(" | curl")[0]

    sent = shell(producer)

    assert sent == body
    assert len(line) < 500
