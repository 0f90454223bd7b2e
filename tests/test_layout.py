"""The conventions of the tree: which files exist, which rooms an API has, how a source file looks."""

import ast
import subprocess
from collections.abc import Iterator
from importlib import import_module

import pytest

import openapi
from tests.source_tree import PACKAGES, ROOT, Module, modules

TOP_LEVEL = {
    *PACKAGES,
    "tests",
    ".ci",
    ".editorconfig",
    ".github",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".yamllint.yaml",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "pyproject.toml",
    "requirements.lock",
}
ROOMS = (
    "openapi/{api}.yaml",
    "fixtures/{api}.yaml",
    "mock_server/apis/{api}/__init__.py",
    "mock_server/apis/{api}/operations.py",
    "mock_server/apis/{api}/service.py",
    "mock_server/apis/{api}/model.py",
    "mock_server/apis/{api}/errors.py",
    "conformance/apis/{api}/__init__.py",
    "conformance/apis/{api}/client.py",
    "conformance/apis/{api}/sources.md",
    "tests/mock_server/apis/{api}/__init__.py",
    "tests/conformance/apis/{api}/__init__.py",
    "tests/saboteurs/{api}/__init__.py",
)
LONGEST_FILE = 500
DRAWERS = {"common", "helpers", "misc", "util", "utils"}
MUTABLE_DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
MUTABLE_TYPES = {"list", "dict", "set", "bytearray", "defaultdict", "deque", "Counter", "OrderedDict"}


def test_top_level_holds_the_prescribed_names_only() -> None:
    """Whoever opens the repository sees the prescribed names and nothing else."""
    tracked = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines()  # noqa: S607
    unexpected = {path.split("/")[0] for path in tracked} - TOP_LEVEL

    assert not unexpected, f"move these into a package, or add them to TOP_LEVEL: {sorted(unexpected)}"


@pytest.mark.parametrize("api", openapi.names())
def test_every_api_has_all_its_rooms(api: str) -> None:
    """An API is one contract, one fixture, one folder in each package and one set of saboteurs."""
    missing = [room for room in (room.format(api=api) for room in ROOMS) if not (ROOT / room).is_file()]

    assert not missing, f"{api} lacks {', '.join(missing)}"


@pytest.mark.parametrize("api", openapi.names())
def test_every_api_has_requirements(api: str) -> None:
    """A suite has at least one file of requirements beside its record and its client."""
    files = {path.name for path in (ROOT / "conformance/apis" / api).glob("*.py")}

    assert files - {"__init__.py", "client.py"}, f"conformance/apis/{api} has no topic file"


@pytest.mark.parametrize("package", ["mock_server.apis", "conformance.apis"])
def test_each_side_names_every_api(package: str) -> None:
    """The tuple `NAMES` of each side lists exactly the contracts in openapi/."""
    assert sorted(import_module(package).NAMES) == sorted(openapi.names())


def test_no_file_is_too_long() -> None:
    """A file that nobody can read in one sitting is split."""
    long = [f"{module.path.name}: {module.lines}" for module in _all() if module.lines > LONGEST_FILE]

    assert not long, f"more than {LONGEST_FILE} lines: {long}"


def test_every_module_says_what_lives_in_it() -> None:
    """The first thing in a file is the sentence that says what belongs there."""
    silent = [module.name for module in _all() if not ast.get_docstring(module.tree)]

    assert not silent, f"modules without a docstring: {silent}"


def test_no_module_is_a_drawer() -> None:
    """A module is named for what it holds, never for being useful."""
    drawers = [module.name for module in _all() if module.path.stem in DRAWERS]

    assert not drawers, f"name what they hold: {drawers}"


def test_no_module_has_mutable_state() -> None:
    """Two apps in one process are two worlds: nothing changeable lives in a module."""
    found = [f"{module.name}: {name}" for module in modules(*PACKAGES) for name in _mutable_names(module)]

    assert not found, f"make these constants (upper case, never changed) or fields of an object: {found}"


def _all() -> list[Module]:
    return modules(*PACKAGES, "tests")


def _mutable_names(module: Module) -> Iterator[str]:
    for node in module.tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and _is_mutable(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [target.id for target in targets if isinstance(target, ast.Name)]
            yield from (name for name in names if not name.isupper() and name != "__all__")
    for inner in ast.walk(module.tree):
        if isinstance(inner, ast.Global):
            yield from inner.names


def _is_mutable(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in MUTABLE_TYPES
    return isinstance(value, MUTABLE_DISPLAYS)
