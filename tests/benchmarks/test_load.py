"""wrk: what it printed, and that it is missed; the servers it meets give what each workload wants."""

import shutil

import httpx
import pytest

from tests.benchmarks import contenders, load, records
from tests.benchmarks.contenders import LIMIT, OURS, PLAIN
from tests.benchmarks.load import Load, NotMeasured
from tests.benchmarks.processes import running
from tests.benchmarks.workloads import LISTS, WORKLOADS

PRINTED = """Running 1s test @ http://127.0.0.1:8000/api
  1 threads and 16 connections
  Latency    11.96ms    4.31ms  40.04ms   90.26%
  1364 requests in 1.00s, 443.82KB read{errors}
Requests/sec:   1357.21
Transfer/sec:    441.61KB
"""


def test_the_rate_is_read() -> None:
    """Requests and requests per second, whatever else is printed."""
    assert load.load_in(PRINTED.format(errors=""), "http://x") == Load(1364, 1357.21)


def test_a_server_that_answers_with_errors_is_not_measured() -> None:
    """Errors are quickly answered, and would look like speed."""
    printed = PRINTED.format(errors="\n  Non-2xx or 3xx responses: 1364")

    with pytest.raises(NotMeasured, match="http://x answers with errors"):
        load.load_in(printed, "http://x")


def test_a_server_that_is_gone_is_not_measured() -> None:
    """What wrk says of it is told."""
    with pytest.raises(NotMeasured, match="not at all:\nunable to connect"):
        load.load_in("unable to connect to 127.0.0.1:1 Connection refused\n", "http://x")


def test_without_wrk_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """`make bench` names the package."""
    monkeypatch.setattr(shutil, "which", lambda _: None)

    with pytest.raises(NotMeasured, match="apt-get install wrk"):
        load.require_wrk()


@pytest.mark.parametrize("name", [OURS, PLAIN])
def test_a_contender_can_do_every_workload(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each is answered with success, and lists show as many sessions as their titles say."""
    folder = tmp_path_factory.mktemp("state")
    every = [*contenders.ours(folder), *contenders.python()]
    with running(next(each for each in every if each.name == name)) as server:
        if name == OURS:
            for agent, length in LISTS.items():
                records.create(server.url, agent, length)
        for each in WORKLOADS:
            url = server.url + each.path
            headers = {"Content-Type": "application/json"} if each.body else {}
            answer = httpx.request(each.method, url, content=each.body, headers=headers)
            assert answer.is_success, answer.text
            if "agent_id=" in each.path:
                assert len(answer.json()["sessions"]) == LISTS[each.path.rpartition("=")[2]]


def test_a_started_contender_tells_what_it_takes_and_ends(tmp_path_factory: pytest.TempPathFactory) -> None:
    """It answers, takes up memory and time, and is gone in the end."""
    limit = next(each for each in contenders.python() if each.name == LIMIT)
    with running(limit) as server:
        assert server.seconds > 0
        assert server.megabytes() > 1
        assert 0 < server.cpu_seconds() < 60

    assert not server.process.is_running()
