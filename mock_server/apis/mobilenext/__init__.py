"""Mobile Next: sessions in which a user of an organization holds a mobile device. They can only be read."""

import fixtures
import openapi
from mock_server.apis.mobilenext import errors, model
from mock_server.apis.mobilenext.operations import Operations
from mock_server.apis.mobilenext.service import Sessions
from mock_server.auth import personas
from mock_server.contract import MockApi

NAME = "mobilenext"


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
        generate=model.generate,
        personas=personas(fixture),
    )
