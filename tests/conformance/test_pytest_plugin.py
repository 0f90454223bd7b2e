"""The pytest plugin, in a pytest of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conformance.apis.viben import SUITE
from conformance.requirement import Tier
from tests.foreign.viben import Viben, serving


class Active(Viben):
    """Calls a new session active."""

    initial_status = "active"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Serve a server with a breach."""
    with serving(Active()) as address:
        yield address


def number(*topics: str) -> int:
    """Return how many documented requirements these topics have."""
    return sum(each.id.startswith(topics) for each in SUITE.of_tier(Tier.DOCUMENTED))


def examined(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run pytest with the plugin in an empty folder."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:schemathesis", *arguments]
    environment = {**os.environ, "PYTEST_ADDOPTS": ""}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_each_requirement_is_an_item(tmp_path: Path) -> None:
    """Those of the tier are collected, in their order, and nothing else."""
    done = examined(
        tmp_path, "--conformance", "viben", "--conformance-url", "http://127.0.0.1:9", "--co", "-q"
    )

    listed = [line.rpartition("::")[2] for line in done.stdout.splitlines() if "::" in line]
    assert listed == [each.id for each in SUITE.of_tier(Tier.DOCUMENTED)]


def test_a_breach_fails_with_its_story(url: str, tmp_path: Path) -> None:
    """The failure shows sentence, source, expected, got and curl lines; the others pass."""
    done = examined(tmp_path, "--conformance=viben", f"--conformance-url={url}", "-k", "VIBEN-CREATE")

    assert done.returncode == 1, done.stdout + done.stderr
    assert f"1 failed, {number('VIBEN-CREATE') - 1} passed" in done.stdout
    assert 'expected  status of the new session "created"' in done.stdout
    assert 'curl -sS -i -X POST "$BASE_URL"/api/sessions' in done.stdout


def test_a_deployment_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """It is no failure of the deployment."""
    done = examined(
        tmp_path, "--conformance=viben", "--conformance-url=http://127.0.0.1:9", "-k", "VIBEN-CREATE-01"
    )

    assert done.returncode == 1
    assert "1 error" in done.stdout
    assert "cannot be reached" in done.stdout


BREAKING = """
from conformance import runner

def run_requirement(*_):
    told = "Bearer k-9fK2mQ7xT4bW1cZ8" * 50
    raise RuntimeError(told)

runner.run_requirement = run_requirement
"""


def test_a_fault_of_the_suite_shows_nothing_of_what_was_exchanged(tmp_path: Path) -> None:
    """Its place is named; messages and values in a traceback may hold credentials, whole or cut."""
    (tmp_path / "conftest.py").write_text(BREAKING, "utf-8")
    done = examined(
        tmp_path, "--conformance=viben", "-k", "VIBEN-CREATE-01", "--conformance-url=http://127.0.0.1:9"
    )

    assert "a fault of the suite, not of a deployment: RuntimeError in conftest.py, line 6" in done.stdout
    assert "k-9f" not in done.stdout + done.stderr


def test_marks_choose_by_level_tier_and_layer(tmp_path: Path) -> None:
    """`-m` knows must, should, may, documented, assumed and generated."""
    done = examined(tmp_path, "--conformance=viben", "--co", "-q", "-m", "generated and documented and must")

    listed = [line.rpartition("::")[2] for line in done.stdout.splitlines() if "::" in line]
    assert listed == [each.id for each in SUITE.of_tier(Tier.DOCUMENTED) if each.findings]


def test_workers_share_the_items(url: str, tmp_path: Path) -> None:
    """With xdist each requirement is examined once, and generated ones stay together."""
    target = tmp_path / "target.toml"
    target.write_text(f'base_url = "{url}"\n', "utf-8")
    topics = ("VIBEN-CREATE", "VIBEN-MEDIA", "VIBEN-STATUS")
    done = examined(
        *(tmp_path, "--conformance=viben", f"--conformance-target={target}", "--conformance-quick"),
        *("-k", " or ".join(topics), "--numprocesses=2", "--dist=loadgroup", "--junitxml=report.xml"),
    )

    cases = ElementTree.parse(tmp_path / "report.xml").findall(".//testcase")  # noqa: S314  # our own
    assert f"1 failed, {number(*topics) - 1} passed" in done.stdout, done.stdout + done.stderr
    assert len(cases) == number(*topics)


WRONG = [
    (("--conformance=vibes",), "there is no API 'vibes'"),
    (("--conformance=viben", "--conformance-url=ftp://x"), "is not an http(s) URL"),
    (("--conformance=viben", "--conformance-url=http://example.com"), "consent = true"),
    (("--conformance=viben", "--conformance-target=none.toml"), "cannot be read"),
]


@pytest.mark.parametrize(("arguments", "reason"), WRONG, ids=[reason for _, reason in WRONG])
def test_what_cannot_be_used_is_said(tmp_path: Path, arguments: tuple[str, ...], reason: str) -> None:
    """A wrong flag ends the run with the reason, before anything is sent."""
    done = examined(tmp_path, *arguments)

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert reason in done.stderr
