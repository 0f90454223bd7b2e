"""The mock of the fifth API: credentials, personas, organizations, served beside another one."""

from collections.abc import Iterator

import httpx
import pytest

import fixtures
from mock_server import apis
from mock_server.auth import Persona
from tests import servers
from tests.fifth.mock_server import api

NOTICES = "/api/v1/notices"
BOARD = api()
PERSONAS = {persona.name: persona for persona in BOARD.personas}


@pytest.fixture(scope="module")
def board() -> Iterator[httpx.Client]:
    """A client of a server of the board."""
    with servers.mock(BOARD) as url, httpx.Client(base_url=url) as client:
        yield client


def bearer(name: str) -> dict[str, str]:
    """The header with a persona's token."""
    return {"Authorization": f"Bearer {PERSONAS[name].token}"}


def listed(board: httpx.Client, name: str, **query: int) -> list[int]:
    """The ids of the notices that a persona is listed."""
    notices = board.get(NOTICES, headers=bearer(name), params=query).json()["notices"]
    return [notice["id"] for notice in notices]


@pytest.mark.parametrize("path", [NOTICES, f"{NOTICES}/1", f"{NOTICES}/none", f"{NOTICES}?limit=x"])
def test_without_a_token_nothing_is_answered(board: httpx.Client, path: str) -> None:
    """Whoever says nothing about themselves learns nothing, not even that a request was wrong."""
    answer = board.get(path)

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert list(answer.json()) == ["message"]


@pytest.mark.parametrize("token", ["brd_nobody", "brd_expired", "brd_ben2", "BRD_BEN"])
def test_unknown_and_expired_tokens_are_refused(board: httpx.Client, token: str) -> None:
    """The challenge says that the token is at fault (RFC 6750)."""
    answer = board.get(NOTICES, headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_members_of_an_organization_see_the_same(board: httpx.Client) -> None:
    """And nobody else sees any of it."""
    owner, member, outsider = (set(listed(board, name)) for name in ("owner", "member", "outsider"))

    assert owner == member
    assert 1 in owner
    assert 2 in outsider
    assert not owner & outsider


def test_a_foreign_notice_is_as_good_as_none(board: httpx.Client) -> None:
    """What an outsider is told does not even say that the notice exists."""
    answers = [board.get(f"{NOTICES}/{id_}", headers=bearer("outsider")) for id_ in (1, 999)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert [answer.json()["message"] for answer in answers] == [
        "there is no notice 1",
        "there is no notice 999",
    ]
    assert (
        board.get(f"{NOTICES}/1", headers=bearer("member")).json()["text"]
        == "The kitchen is closed on Friday"
    )


def test_parameters_behind_references_have_type_bounds_and_default(board: httpx.Client) -> None:
    """A limit is a number from 1 to 100, and 20 where none is sent."""
    assert len(listed(board, "owner", limit=2)) == 2
    assert listed(board, "owner") == listed(board, "owner", limit=20)
    for limit in ("0", "101", "x", "1.5", ""):
        assert board.get(NOTICES, headers=bearer("owner"), params={"limit": limit}).status_code == 400


def test_control_lists_the_personas(board: httpx.Client) -> None:
    """Whoever wants to call finds every credential, the owner first."""
    personas = board.get("/__admin/personas").json()["personas"]

    assert [each["name"] for each in personas] == list(PERSONAS)
    assert personas[0] == {
        "name": "owner",
        "api": "board",
        "token": "brd_ben",
        "user": "5b0c6a3e-2f0d-4c8e-9a51-0d6f4f1c7a02",
        "organizations": [1],
        "note": "Ben of Northwind Research",
    }


def test_two_apis_share_a_server_and_nothing_else() -> None:
    """Each has its path, its rules and its error envelope."""
    with servers.mock(apis.load("viben"), BOARD) as url:
        own = httpx.get(f"{url}/board{NOTICES}/1", headers=bearer("owner"))
        other = httpx.get(f"{url}/viben/api/sessions/none")
        mixed = httpx.get(f"{url}/viben{NOTICES}/1", headers=bearer("owner"))

    assert own.json()["id"] == 1
    assert (other.status_code, sorted(other.json())) == (404, ["code", "error"])
    assert (mixed.status_code, sorted(mixed.json())) == (404, ["code", "error"])


@pytest.mark.parametrize("persona", BOARD.personas, ids=lambda persona: persona.name)
def test_personas_are_people_of_the_shared_world(persona: Persona) -> None:
    """Everybody belongs to the organizations that the shared world says."""
    world = fixtures.world()
    [key] = [key for key, each in world["people"].items() if each["uuid"] == persona.user]
    belongs = {each["id"] for each in world["organizations"].values() if key in each["members"]}

    assert set(persona.organizations) <= belongs
