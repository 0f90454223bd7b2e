"""Reading contracts from their files."""

from pathlib import Path

import pytest

import openapi


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two contracts, one of them the mock's own control interface."""
    (tmp_path / "shop.yaml").write_text("paths: {/a: {get: {responses: {200: {since: 2024-01-16}}}}}")
    (tmp_path / "control.yaml").write_text("paths: {}")
    return tmp_path


def test_names_are_those_of_the_apis(folder: Path) -> None:
    """The control interface has a contract, but is no vendor's API."""
    assert openapi.names(folder) == ("shop",)


def test_keys_and_dates_are_text(folder: Path) -> None:
    """A contract is what JSON can hold, whatever YAML reads into 200 or 2024-01-16."""
    responses = openapi.load("shop", folder)["paths"]["/a"]["get"]["responses"]

    assert responses == {"200": {"since": "2024-01-16"}}


def test_every_reader_gets_its_own_copy(folder: Path) -> None:
    """Whoever changes a contract changes it for itself."""
    openapi.load("shop", folder).clear()

    assert openapi.load("shop", folder)


def test_an_unknown_name_is_refused_with_the_known_ones(folder: Path) -> None:
    """The message says which names there are."""
    with pytest.raises(openapi.UnknownContract, match=r"no contract named 'shpo' in .*: there are shop"):
        openapi.load("shpo", folder)


def test_code_in_a_contract_is_not_run(tmp_path: Path) -> None:
    """YAML can ask for any Python object; a contract cannot."""
    (tmp_path / "evil.yaml").write_text("a: !!python/object/apply:os.getcwd []")

    with pytest.raises(Exception, match="could not determine a constructor"):
        openapi.load("evil", tmp_path)
