"""The package under Playwright's own runner, in a real browser."""

import base64
import json
import os
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.browser import ARGUMENTS, CHROMIUM, program
from tests.mock_server.javascript.tools import HERE, Run


class Pages(SimpleHTTPRequestHandler):
    """The folder of the tests, without a word on standard error."""

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  # the library's name
        """Says nothing."""


@pytest.fixture(scope="module")
def pages() -> Iterator[str]:
    """An origin that is not the mock's."""
    handler = partial(Pages, directory=HERE / "playwright")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def results(run: Run, project: Path, pages: str, server: str) -> dict[str, Any]:
    """What Playwright says of each test, by its title."""
    done = run(
        "@playwright/test/cli.js",
        "test",
        folder="playwright",
        PAGES=pages,
        MOCK_SERVER_URL=server,
        CHROMIUM=str(program(*CHROMIUM, package="chromium")),
        CHROMIUM_ARGUMENTS=json.dumps(ARGUMENTS),
        CHROMIUM_SANDBOX=str(int(os.geteuid() != 0)),
    )
    report = project / "playwright/outcomes.json"
    assert report.is_file(), done.stdout + done.stderr
    return dict(_results(json.loads(report.read_text("utf-8"))["suites"]))


def _results(suites: list[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    for suite in suites:
        yield from _results(suite.get("suites", []))
        for spec in suite.get("specs", []):
            yield spec["title"], spec["tests"][0]["results"][0]


def test_each_test_has_a_world_for_its_pages(results: dict[str, Any]) -> None:
    """In two workers at once; only the test that is wrong fails."""
    failed = {title: result["errors"] for title, result in results.items() if result["status"] != "passed"}

    assert list(failed) == ["fails"], failed
    assert len(results) == 9


def test_a_failed_test_has_what_the_mock_saw_and_a_bundle(results: dict[str, Any]) -> None:
    """Both are attached to its report."""
    attached = {
        each["name"]: base64.b64decode(each["body"]).decode()
        for each in results["fails"]["attachments"]
        if "body" in each
    }

    assert (
        attached["mock-server requests"].strip()
        == "GET /viben/api/sessions/session-abc123 -> 200 get_session"
    )
    assert len(json.loads(attached["mock-server bundle"])["requests"]) == 1
