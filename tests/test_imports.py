"""Who may import whom: the architecture's arrows, read from the source without running it."""

import ast
from graphlib import CycleError, TopologicalSorter

import pytest

import openapi
from tests.source_tree import PACKAGES, Module, is_within, modules

CONFINED = {
    "connexion": ("mock_server.contract", "mock_server.pipeline"),
    "tinydb": ("mock_server.store.tinydb",),
    "schemathesis": ("conformance.property",),
    "mock_server.app": ("mock_server.cli", "mock_server.__main__"),
}
HTTP = (
    "connexion",
    "http",
    "httpx",
    "starlette",
    "uvicorn",
    "mock_server.contract",
    "mock_server.pipeline",
    "mock_server.reply",
)
STORAGE_AND_TIME = ("datetime", "time", "tinydb", "mock_server.clock", "mock_server.store")
FORBIDDEN = {
    "openapi": ("fixtures", "mock_server", "conformance", "tests"),
    "fixtures": ("openapi", "mock_server", "conformance", "tests"),
    "mock_server": ("conformance", "tests"),
    "conformance": ("mock_server", "tests"),
}
FORBIDDEN_IN_ROOM = {
    "operations": STORAGE_AND_TIME,
    "service": HTTP,
    "model": (*HTTP, "mock_server.world"),
}


@pytest.mark.parametrize("package", FORBIDDEN)
def test_packages_meet_only_where_the_architecture_lets_them(package: str) -> None:
    """The suite knows a server by contract, fixtures and HTTP alone; the contract knows nobody."""
    _assert_none(modules(package), FORBIDDEN[package])


@pytest.mark.parametrize("library", CONFINED)
def test_a_confined_import_stays_in_its_place(library: str) -> None:
    """What could be replaced, or changes between versions, is met in one place."""
    others = [module for module in modules(*PACKAGES) if not module.within(*CONFINED[library])]

    _assert_none(others, (library,))


@pytest.mark.parametrize("room", FORBIDDEN_IN_ROOM)
def test_rooms_know_their_own_business_only(room: str) -> None:
    """Rules know nothing of HTTP, operations nothing of storage and time, records nothing of worlds."""
    rooms = [module for module in modules("mock_server/apis") if module.path.stem == room]

    _assert_none(rooms, FORBIDDEN_IN_ROOM[room])


@pytest.mark.parametrize("api", openapi.names())
def test_nothing_outside_an_api_imports_it(api: str) -> None:
    """No API imports another, and the mechanism reaches an API through its name only."""
    rooms = (f"mock_server.apis.{api}", f"conformance.apis.{api}")
    others = [module for module in modules(*PACKAGES) if not module.within(*rooms)]

    _assert_none(others, rooms)


@pytest.mark.parametrize("api", openapi.names())
def test_the_mechanism_has_no_special_case_for_an_api(api: str) -> None:
    """Outside its rooms an API's name stands in the two tuples only, so that another one needs no code."""
    tuples = ("mock_server.apis", "conformance.apis")
    others = [module for module in modules(*PACKAGES) if not module.within(*tuples)]
    found = [module.name for module in others if _says(module, api)]

    assert not found, f"{found} compare or look up {api!r}; let the API's record say it instead"


def test_no_import_cycles() -> None:
    """Modules can be read, and loaded, one after the other."""
    sources = modules(*PACKAGES)
    names = {module.name for module in sources}
    graph = {module.name: _dependencies(module, names) for module in sources}

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"import cycle: {' -> '.join(error.args[1])}")


def _assert_none(sources: list[Module], packages: tuple[str, ...]) -> None:
    found = [f"{module.name} imports {name}" for module in sources for name in module.imports(*packages)]

    assert not found, "; ".join(sorted(set(found)))


def _says(module: Module, word: str) -> bool:
    return any(isinstance(node, ast.Constant) and node.value == word for node in ast.walk(module.tree))


def _dependencies(module: Module, names: set[str]) -> set[str]:
    candidates = ([name for name in names if is_within(imported, name)] for imported in module.imported())
    return {max(found, key=len) for found in candidates if found}
