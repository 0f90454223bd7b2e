"""The access layer: no operation that names a record is forgotten, and what it finds is told plainly."""

from typing import Any

import pytest

import openapi
from conformance import access, apis
from conformance.access import Record
from conformance.client import Http, connect
from conformance.outcome import Breach, Inconclusive
from conformance.places import METHODS
from conformance.target import Actor, Target
from tests.conformance.apis.zipf.test_fairness import TOKENS
from tests.foreign.zipf import Answer, Zipf, serving

# Where one operation names a record, scripts try it by everybody; Viben knows no credentials.
BY_SCRIPTS = {"mobilenext": {"get_session": {"MOBILENEXT-ORG-08", "MOBILENEXT-AUTH-01"}}, "viben": None}
CONTRACT: dict[str, Any] = openapi.load("zipf")


def naming_a_record(api: str) -> set[str]:
    """Return the operations with an id in their path."""
    paths = openapi.load(api)["paths"].items()
    items = [item for path, item in paths if "{" in path]
    return {item[method]["operationId"] for item in items for method in METHODS if method in item}


def fits(actors: tuple[str, ...], actor: str | None) -> bool:
    """Say whether a requirement that needs these actors tries as this one."""
    return actor in actors if actor else not {"member", "outsider"} & set(actors)


@pytest.mark.parametrize("api", ["deepworkzone", "zipf"])
@pytest.mark.parametrize("actor", ["outsider", None])
def test_no_operation_is_forgotten(api: str, actor: str | None) -> None:
    """Every operation with an id in its path is tried by strangers and by whoever shows no credentials."""
    layer = [each for each in apis.suite(api).requirements if "-ACCESS-" in each.id and each.check]
    both = {"ZIPF-ACCESS-09", "ZIPF-ACCESS-11"}
    fitting = [
        each for each in layer if each.id in both or ((actor or "outsider") in each.actors) == bool(actor)
    ]
    assert naming_a_record(api) <= {name for each in fitting for name in each.operations}


def test_where_scripts_do_it_they_are_there() -> None:
    """Mobile Next's one operation on a record is tried by the scripts that are named here."""
    named = BY_SCRIPTS["mobilenext"] or {}
    known = {each.id: each.operations for each in apis.suite("mobilenext").requirements}

    assert naming_a_record("mobilenext") == set(named)
    assert all(operation in known[id_] for operation, ids in named.items() for id_ in ids)
    assert not openapi.load("viben")["security"]


class Telling(Zipf):
    """Refuses strangers, and tells them what they may not see."""

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, user: str) -> Answer:
        """Name the session in the refusal."""
        status, answer = super().answer(method, path, query, body, user)
        names = [each["name"] for each in self.sessions.values()]
        return (status, {"message": f"{names} are not yours"}) if status == 403 else (status, answer)


class Obeying(Zipf):
    """Refuses strangers, and does what they ask."""

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, user: str) -> Answer:
        """Act for the owner."""
        answer = super().answer(method, path, query, body, user)
        if method == "PATCH" and answer[0] == 403:
            super().answer(method, path, query, body, TOKENS["owner"])
        return answer


class Forgetting(Zipf):
    """Has no sessions."""

    def create(self, body: Any, user: str) -> Answer:
        """Make none."""
        return 200, {}


def tried(server: Zipf, *operations: str) -> None:
    """Try operations on a session of the owner's as a stranger."""
    server.create({"name": "Merger"}, TOKENS["owner"])
    with serving(server) as url:
        target = Target(url, actors={name: Actor(name, token) for name, token in TOKENS.items()})
        with connect(target) as connection:
            http = Http(target, connection, "/api/v1", contract=CONTRACT)
            bodies = {"update_session": {"name": "Taken over"}}
            access.closed(http, Record("101", "/sessions/101", ("Merger",)), operations, "outsider", bodies)


def test_an_honest_server_is_closed() -> None:
    """Refusals of whatever kind are accepted."""
    tried(Zipf(), "get_session", "update_session", "get_export", "get_public_session")


def test_a_refusal_that_tells_is_a_breach() -> None:
    """Who is refused must not learn what the record holds."""
    with pytest.raises(Breach, match="a refusal of get_session that tells nothing of the record"):
        tried(Telling(), "get_session")


def test_a_refusal_that_obeys_is_a_breach() -> None:
    """Who is refused must not have changed anything."""
    with pytest.raises(Breach, match=r"`name` of the record after the refusals.*Merger.*Taken over"):
        tried(Obeying(), "update_session")


def test_nothing_is_concluded_without_a_record() -> None:
    """When the owner cannot read the record, refusals to others say nothing."""
    with pytest.raises(Inconclusive, match="the owner reads"):
        tried(Forgetting(), "get_session")


def test_lists_are_asked_with_every_value_of_a_filter() -> None:
    """The values come from the contract."""
    found = list(access.choices(CONTRACT, "list_sessions"))

    assert {"include_shared": "true"} in found
    assert {"status": "archived"} in found
