"""What is told of a failed test's world: its requests in the report, and a bundle that brings it all back."""

import json
from collections.abc import Generator
from pathlib import Path

import pytest

from mock_server.client import MockServerError, World
from mock_server.client.records import journal

WORLD = pytest.StashKey[World]()


class FailedWorlds:
    """Adds to the reports of tests that failed; writes bundles into `folder` where there is one."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Adds to the report of the test itself; by then its world is still there."""
        report = yield
        world = item.stash.get(WORLD, None)
        if report.failed and call.when == "call" and world is not None:
            report.sections.append(("mock_server", self._told(world)))
        return report

    def _told(self, world: World) -> str:
        try:
            lines = [f"namespace {world.namespace}", journal(world.requests.find())]
            if self._folder is not None:
                lines.append(f"bundle {_written(self._folder, world)}")
        except (MockServerError, OSError) as error:
            return str(error)
        return "\n".join(lines)


def _written(folder: Path, world: World) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{world.namespace}.json"
    path.write_text(json.dumps(world.bundle()), "utf-8")
    return path
