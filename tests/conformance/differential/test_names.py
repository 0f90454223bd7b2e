"""Names of one deployment become those of the other."""

import json

import pytest

from conformance.differential.names import of_sequence, of_targets
from conformance.exchange import Exchange
from conformance.target import Actor, Target
from tests.conformance.samples import exchange


def made(id_: str) -> bytes:
    """Return the reply to a creation."""
    return json.dumps({"id": id_, "agent_id": "CLAUDE_CODE"}).encode()


CREATE = exchange("POST", "/api/sessions", b'{"agent_id": "CLAUDE_CODE"}', made("s 1"))
READ = exchange("GET", "/api/sessions/s%201?of=abc")


def test_ids_are_translated_where_they_are_used() -> None:
    """In path and body, quoted as the place needs it; what the client chose stays."""
    names = of_sequence((CREATE, READ), {})
    names.learn(0, CREATE, exchange("POST", "/api/sessions", None, made("t/2")))

    assert names.request(READ).target == "/api/sessions/t%2F2?of=abc"
    assert names.request(CREATE).body == CREATE.body


def test_what_the_other_never_gave_makes_later_requests_unreachable() -> None:
    """A request without its id would ask something else."""
    names = of_sequence((CREATE, READ), {})
    names.learn(0, CREATE, exchange("POST", "/api/sessions", None, b"{}"))

    assert (names.reachable(CREATE), names.reachable(READ)) == (True, False)


@pytest.mark.parametrize("id_", ["..", ".", "\ud800"])
def test_an_id_that_can_name_no_record_was_never_given(id_: str) -> None:
    """A request with it would ask the collection, or what is above it."""
    names = of_sequence((CREATE, READ), {})
    names.learn(0, CREATE, exchange("POST", "/api/sessions", None, made(id_)))

    assert not names.reachable(READ)


def test_targets_name_actors_organizations_and_records() -> None:
    """Credentials go with the actor, organisations with their role."""
    left = Target("http://a", {"owner": Actor("owner", "left-token")}, {"shared": 1}, {"sessions": ("x",)})
    right = Target("http://b", {"owner": Actor("owner", "right-token")}, {"shared": 7}, {"sessions": ("y",)})
    request = Exchange(
        "GET", "/api/sessions/x", (("Authorization", "Bearer left-token"), ("X-Organization", "1")), None
    )

    sent = of_sequence((request,), of_targets(left, right)).request(request)
    assert sent.target == "/api/sessions/y"
    assert dict(sent.headers) == {"Authorization": "Bearer right-token", "X-Organization": "7"}


def test_a_number_nobody_gave_us_is_left_alone() -> None:
    """Session 7 may be anybody's: it is read, and never changed."""
    made = exchange("POST", "/api/sessions", None, b'{"id": 7}')
    read, delete = exchange("GET", "/api/sessions/7"), exchange("DELETE", "/api/sessions/7")
    names = of_sequence((made, read, delete), {})
    assert (names.harmless(read), names.harmless(delete)) == (True, False)

    names.learn(0, made, exchange("POST", "/api/sessions", None, b'{"id": 9}'))
    assert names.harmless(delete)
