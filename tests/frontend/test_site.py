"""Without Node or its packages the tests here say so: skipped by name, and on CI a failure."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.frontend import site

Install = Callable[[str], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a node of this version in place of all programs, where nothing else is and CI is not."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(site, "FRONTEND", tmp_path)

    def node(version: str) -> None:
        (tmp_path / "node").write_text(f"#!/bin/sh\necho {version}\n")
        (tmp_path / "node").chmod(0o755)

    return node


def test_without_node_there_is_a_hint(install: Install) -> None:
    """The reason names the program and how to get it."""
    with pytest.raises(pytest.skip.Exception, match=r"node is not installed; .*apt-get install nodejs"):
        site.node_modules()


def test_old_node_is_named(install: Install) -> None:
    """Tools that would fail on an old Node are not started."""
    install("v18.20.4")

    with pytest.raises(pytest.skip.Exception, match=r"node is v18\.20\.4; .* needs 20\.19"):
        site.node_modules()


def test_missing_packages_are_named(install: Install) -> None:
    """Whoever runs pytest without make learns what to run first."""
    install("v22.12.0")

    with pytest.raises(pytest.skip.Exception, match="npm ci --prefix tests/frontend"):
        site.node_modules()


def test_on_ci_nothing_is_skipped(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hole in what is tested is never green."""
    monkeypatch.setenv("CI", "true")

    with pytest.raises(pytest.fail.Exception, match="node is not installed"):
        site.node_modules()


def test_installed_packages_are_found(install: Install, tmp_path: Path) -> None:
    """A Node that is new enough and an installation that npm has finished are all it takes."""
    install("v20.19.0")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules/.package-lock.json").touch()

    assert site.node_modules() == tmp_path / "node_modules"
