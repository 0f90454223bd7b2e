"""The target file to begin with."""

import pytest

from conformance.apis import NAMES, suite
from conformance.starter import starter


@pytest.mark.parametrize("api", ["deepworkzone", "mobilenext", "zipf"])
def test_the_owner_comes_first_where_anybody_needs_credentials(api: str) -> None:
    """Whoever fills in the file is asked for the owner's credentials before anybody else's."""
    actors = [line for line in starter(suite(api)).splitlines() if line.startswith("# [actors.")]

    assert actors[0].startswith("# [actors.owner]")


def test_nobody_is_asked_for_without_need() -> None:
    """An API without credentials has no actors in its file."""
    assert "[actors." not in starter(suite("viben"))


def test_every_part_is_explained_where_requirements_use_it() -> None:
    """Whoever fills in the file sees what makes requirements run, and nothing that would be refused."""
    parts = ("[features]", "[settings]", "[organizations]", "[known]", "[hooks]")
    shown = {api: [part for part in parts if part in starter(suite(api))] for api in NAMES}

    assert shown == {
        "deepworkzone": ["[features]", "[settings]", "[organizations]", "[known]"],
        "mobilenext": ["[organizations]", "[known]"],
        "viben": ["[settings]", "[known]"],
        "zipf": ["[settings]", "[organizations]", "[known]", "[hooks]"],
    }
    assert "public_sharing = true" in starter(suite("zipf"))


@pytest.mark.parametrize("api", NAMES)
def test_nobody_is_named_without_explanation(api: str) -> None:
    """Each actor, organisation and hook has its line."""
    assert "named by requirements" not in starter(suite(api))
