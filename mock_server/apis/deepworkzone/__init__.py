"""Deep Work Zone: focus blocks of the people of an organisation, single or in series. Bearer tokens."""

import fixtures
import openapi
from mock_server.apis.deepworkzone import errors, model, seed
from mock_server.apis.deepworkzone.operations import Operations
from mock_server.apis.deepworkzone.service import Sessions
from mock_server.auth import personas
from mock_server.contract import MockApi

NAME = "deepworkzone"


def api() -> MockApi:
    """The record that the mock serves."""
    fixture = fixtures.load(NAME)
    return MockApi(
        name=NAME,
        specification=openapi.load(NAME),
        fixture=fixture,
        operations=Operations(),
        service=Sessions,
        render=errors.render,
        collections=model.COLLECTIONS,
        generate=seed.generate,
        personas=personas(fixture),
    )
