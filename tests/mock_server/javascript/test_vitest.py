"""The package under Vitest."""

import json
import re
from pathlib import Path

import pytest

from tests import servers
from tests.mock_server.javascript.tools import Run


@pytest.fixture(scope="module")
def outcomes(run: Run, project: Path) -> dict[str, str]:
    """What became of each test, by its name; and what was printed, as `printed`."""
    done = run(
        "vitest/vitest.mjs",
        "run",
        "--reporter=json",
        "--reporter=default",
        "--outputFile.json=outcomes.json",
        folder="vitest",
    )
    report = json.loads((project / "vitest/outcomes.json").read_text("utf-8"))
    tests = {
        each["title"]: each["status"] for file in report["testResults"] for each in file["assertionResults"]
    }
    return {**tests, "printed": done.stdout + done.stderr}


def test_each_test_has_a_world(outcomes: dict[str, str]) -> None:
    """Concurrent tests, those with fake timers and those of another file pass; the wrong one fails."""
    assert {name: outcome for name, outcome in outcomes.items() if name != "printed"} == {
        "each begins with the seed 1": "passed",
        "each begins with the seed 2": "passed",
        "each begins with the seed 3": "passed",
        "timers of the test's own do not stop control": "passed",
        "fails": "failed",
        "another file uses the same server": "passed",
    }, outcomes["printed"]


def test_a_failed_test_tells_what_the_mock_saw(outcomes: dict[str, str]) -> None:
    """A line for each request, among what Vitest prints."""
    assert re.search(r"/~fails-[0-9a-f]{8}/viben/api/sessions/nobody -> 404 get_session", outcomes["printed"])


def test_the_server_ends_with_the_run(outcomes: dict[str, str]) -> None:
    """There is one for all files, and none afterwards."""
    found = re.search(r"server (http://\S+), world another-file-", outcomes["printed"])

    assert found, outcomes["printed"]
    servers.assert_ends(found[1])
