"""The target file to begin with."""

import pytest

from conformance.apis import suite
from conformance.starter import starter


@pytest.mark.parametrize("api", ["deepworkzone", "mobilenext", "zipf"])
def test_the_owner_comes_first_where_anybody_needs_credentials(api: str) -> None:
    """Whoever fills in the file is asked for the owner's credentials before anybody else's."""
    actors = [line for line in starter(suite(api)).splitlines() if line.startswith("# [actors.")]

    assert actors[0].startswith("# [actors.owner]")


def test_nobody_is_asked_for_without_need() -> None:
    """An API without credentials has no actors in its file."""
    assert "[actors." not in starter(suite("viben"))
