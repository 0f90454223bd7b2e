"""Servers that end under load, killed or asked to: what they answered is kept, and nothing is half done."""

import signal
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.mock_server.robustness.connections import SESSIONS
from tests.servers import PATIENCE, Running, running

CLIENTS = 8
REQUESTS = 200
MARKS = {"first": 1, "second": 1}


class Load:
    """Clients that create sessions and mark them; `created` and `marked` are those that the server confirmed.

    `torn` are answers that began and did not end.
    """

    def __init__(self) -> None:
        self.created: set[str] = set()
        self.marked: set[str] = set()
        self.torn: list[str] = []

    def run(self, server: Running, number: signal.Signals) -> None:
        """Sends the signal in the middle of `REQUESTS`."""
        with httpx.Client(base_url=server.url) as client, ThreadPoolExecutor(CLIENTS) as pool:
            asked = [pool.submit(self._ask, client) for _ in range(REQUESTS)]
            for future in asked[: REQUESTS // 4]:
                future.result()
            server.process.send_signal(number)
        server.process.wait(PATIENCE)

    def _ask(self, client: httpx.Client) -> None:
        try:
            id_: str = client.post(SESSIONS, json={"agent_id": "load"}).raise_for_status().json()["id"]
            self.created.add(id_)
            client.patch(f"{SESSIONS}/{id_}", json={"data": MARKS}).raise_for_status()
            self.marked.add(id_)
        except httpx.TransportError as failure:
            if "complete message body" in str(failure):
                self.torn.append(str(failure))


def data(server: Running) -> Mapping[str, Any]:
    """The data of each session that was created under load, by id; all of them keep their contract."""
    listed = httpx.get(f"{server.url}{SESSIONS}", params={"agent_id": "load"}).raise_for_status()
    state = httpx.get(f"{server.url}/__admin/state").raise_for_status()
    stored = state.json()["collections"]["viben.sessions"]
    return {each["id"]: stored[each["id"]]["data"] for each in listed.json()["sessions"]}


def assert_kept(found: Mapping[str, Any], load: Load) -> None:
    """Everything confirmed is there, and what was not confirmed is there whole or not at all."""
    assert found.keys() >= load.created
    assert all(found[id_] == MARKS for id_ in load.marked)
    assert all(each in ({}, MARKS) for each in found.values())


def kill_again_and_again(path: Path, times: int) -> None:
    """Kills servers of the same file in the middle of their work, and looks what is there after each."""
    load = Load()
    for _ in range(times):
        with running("viben", "--state", str(path)) as server:
            assert_kept(data(server), load)
            load.run(server, signal.SIGKILL)
    with running("viben", "--state", str(path)) as server:
        assert_kept(data(server), load)
    assert len(load.marked) >= times * REQUESTS // 8


def test_answered_writes_survive_kill_9(tmp_path: Path) -> None:
    """A server killed under load loses no write that somebody was told of."""
    kill_again_and_again(tmp_path / "state", 3)


@pytest.mark.deep
def test_answered_writes_survive_kill_9_fifty_times(tmp_path: Path) -> None:
    """The file of a server that is killed again and again goes on, and holds what each of them answered."""
    kill_again_and_again(tmp_path / "state", 50)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_stops_answers_what_it_accepted(tmp_path: Path, number: signal.Signals) -> None:
    """What it did it told: no answer is torn, nothing is in the file that nobody was told of."""
    path, load = tmp_path / "state", Load()
    with running("viben", "--state", str(path)) as server:
        load.run(server, number)
        assert server.process.returncode == 0
    with running("viben", "--state", str(path)) as server:
        found = data(server)

    assert load.torn == []
    assert found.keys() == load.created
    assert {id_ for id_ in found if found[id_] == MARKS} == load.marked
