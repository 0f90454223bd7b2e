"""The npm package as a package: what it says of itself is so."""

import json
from importlib.metadata import version
from typing import Any

import pytest

from tests.mock_server.javascript.tools import PACKAGE


@pytest.fixture(scope="module")
def package() -> dict[str, Any]:
    """Its package.json."""
    read: dict[str, Any] = json.loads((PACKAGE / "package.json").read_text("utf-8"))
    return read


def test_it_has_the_version_of_the_distribution(package: dict[str, Any]) -> None:
    """It comes with the server that it talks to."""
    assert package["version"] == version("session-contracts")


def test_every_entry_has_code_and_types(package: dict[str, Any]) -> None:
    """What can be imported is there."""
    entries = [entry for entry in package["exports"].values() if isinstance(entry, dict)]

    assert len(entries) == 3
    for entry in entries:
        assert (PACKAGE / entry["types"]).is_file()
        assert (PACKAGE / entry["default"]).is_file()


def test_it_depends_on_nothing(package: dict[str, Any]) -> None:
    """It is installed without a network."""
    assert not [name for name in package if "ependencies" in name]
