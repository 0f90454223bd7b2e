"""From an API's record to an application."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from connexion.exceptions import InvalidSpecification, ResolverError

from mock_server import apis
from mock_server.contract import MockApi, build
from mock_server.settings import Settings


def with_servers(api: MockApi, url: str) -> MockApi:
    """The API with another server URL."""
    return replace(api, specification={**api.specification, "servers": [{"url": url}]})


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("http://127.0.0.1:18790/api", "/api"),
        ("https://vendor.example/api/v1/", "/api/v1"),
        ("/__admin", "/__admin"),
    ],
)
def test_the_base_path_is_that_of_the_server_url(viben_api: MockApi, url: str, path: str) -> None:
    """Host and trailing slash do not belong to it."""
    assert with_servers(viben_api, url).base_path == path


@pytest.mark.parametrize("name", apis.NAMES)
def test_building_leaves_the_contract_alone(name: str) -> None:
    """The specification of a record can be built, served and compared again."""
    api = apis.load(name)
    before = deepcopy(dict(api.specification))
    build(api, Settings())

    assert api.specification == before


def test_an_operation_without_its_method_is_told_at_the_start(viben_api: MockApi) -> None:
    """A missing method is no surprise of the first request."""
    with pytest.raises(ResolverError, match="has no attribute"):
        build(replace(viben_api, operations=object()), Settings())


def test_an_invalid_contract_is_told_at_the_start(viben_api: MockApi) -> None:
    """A contract that is no OpenAPI is refused as such."""
    specification: dict[str, Any] = {**viben_api.specification, "paths": {"/x": {"get": {"responses": 1}}}}
    with pytest.raises(InvalidSpecification):
        build(replace(viben_api, specification=specification), Settings())
