"""The distribution: a wheel built from the tree is complete and works where the tree is not."""

import os
import subprocess
import sys
import sysconfig
import tomllib
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from tests.source_tree import PACKAGES, ROOT, modules


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the tree as it is."""
    folder = tmp_path_factory.mktemp("wheel")
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    return next(folder.glob("session_contracts-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds nothing but the installed wheel."""
    folder = tmp_path_factory.mktemp("installed")
    _pip("install", "--no-deps", "--no-index", "--target", str(folder), str(wheel))
    return folder


def test_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    """Specifications, fixtures, the report's schema and type markers travel with the code."""
    tracked = subprocess.check_output(["git", "ls-files", *PACKAGES], cwd=ROOT, text=True).split()  # noqa: S607
    missing = set(tracked) - set(ZipFile(wheel).namelist())

    assert not missing, f"not in the wheel: {sorted(missing)}"


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    """Tests and project files stay at home."""
    folders = {name.split("/")[0] for name in ZipFile(wheel).namelist()}

    assert {folder for folder in folders if not folder.endswith(".dist-info")} == set(PACKAGES)


@pytest.mark.parametrize(
    "arguments",
    [
        ("mock_server", "apis"),
        ("mock_server", "personas"),
        ("mock_server", "javascript"),
        ("conformance", "requirements", "viben"),
    ],
    ids=" ".join,
)
def test_installed_wheel_works_elsewhere(installed: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Both commands find their specifications and fixtures without the source tree."""
    path = os.pathsep.join([str(installed), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    command = [sys.executable, "-S", "-m", *arguments]  # -S: the editable install of the tree stays out

    environment = {**os.environ, "PYTHONPATH": path}

    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["mock-server", "conformance"])
def test_console_scripts_lead_to_functions(command: str) -> None:
    """The two commands are installed under the names of their folders."""
    scripts = distribution("session-contracts").entry_points.select(group="console_scripts", name=command)

    assert [callable(script.load()) for script in scripts] == [True]


def test_dependencies_are_what_the_packages_import() -> None:
    """Nothing is imported that came along by chance, and nothing is required that is not used."""
    plugin = map(Requirement, _project()["project"]["optional-dependencies"]["pytest"])
    declared = {canonicalize_name(requirement.name) for requirement in [*_dependencies(), *plugin]}

    assert declared == _imported_distributions()


def test_lock_file_pins_exact_versions_only() -> None:
    """The lock file names versions and neither addresses nor paths."""
    assert all(line.count("==") == 1 and "/" not in line for line in _locked_lines())


def test_lock_file_satisfies_every_requirement() -> None:
    """Each direct requirement is locked to a version within its range; `make lock` renews the file."""
    locked = {canonicalize_name(name): version for name, version in map(_split, _locked_lines())}
    unmet = [str(wanted) for wanted in _requirements() if not _is_met(wanted, locked)]

    assert not unmet, f"run `make lock`: {unmet}"


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True, capture_output=True)


def _locked_lines() -> list[str]:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def _split(line: str) -> tuple[str, str]:
    name, _, version = line.partition("==")
    return name, version


def _imported_distributions() -> set[NormalizedName]:
    imported = {name.split(".")[0] for module in modules(*PACKAGES) for name in module.imported()}
    foreign = imported - sys.stdlib_module_names - set(PACKAGES)
    providers = packages_distributions()
    return {canonicalize_name(providers[name][0]) for name in foreign}


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _dependencies() -> list[Requirement]:
    return [Requirement(line) for line in _project()["project"]["dependencies"]]


def _requirements() -> list[Requirement]:
    project = _project()
    extras = project["project"]["optional-dependencies"].values()
    groups = project["dependency-groups"].values()
    lists = [*extras, *groups, project["build-system"]["requires"]]
    return _dependencies() + [Requirement(line) for lines in lists for line in lines]


def _is_met(wanted: Requirement, locked: dict[NormalizedName, str]) -> bool:
    version = locked.get(canonicalize_name(wanted.name))
    return version is not None and wanted.specifier.contains(version)
