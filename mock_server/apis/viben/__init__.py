"""Viben: sessions of agents on the developer's own machine. No credentials, no organisations."""

import fixtures
import openapi
from mock_server.apis.viben import errors, model
from mock_server.apis.viben.operations import Operations
from mock_server.apis.viben.service import Sessions
from mock_server.auth import personas
from mock_server.contract import MockApi

NAME = "viben"


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
