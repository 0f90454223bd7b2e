"""What suites declare for target files is what their requirements use."""

import re
from pathlib import Path

import pytest

import conformance.apis
from conformance import apis


def named(api: str, pattern: str) -> set[str]:
    """Return what the source of a suite names."""
    folder = Path(conformance.apis.__file__).parent / api
    return {name for file in folder.rglob("*.py") for name in re.findall(pattern, file.read_text("utf-8"))}


@pytest.mark.parametrize("api", apis.NAMES)
def test_what_requirements_look_up_is_declared(api: str) -> None:
    """No requirement waits for an organisation, a hook or a setting that no target file may name."""
    suite = apis.suite(api)

    assert named(api, r'organization\("(\w+)"\)') <= set(suite.organizations)
    assert named(api, r'hooks\.call\(\S+ "(\w+)"') == set(suite.hooks)
    assert named(api, r'settings\.get\("(\w+)"') <= {each.name for each in suite.settings}
