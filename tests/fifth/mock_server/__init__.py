"""Board: notices of organizations, behind bearer tokens."""

from pathlib import Path

import fixtures
import openapi
from mock_server.auth import personas
from mock_server.contract import MockApi
from tests.fifth.mock_server import errors, model
from tests.fifth.mock_server.operations import Operations
from tests.fifth.mock_server.service import Notices

NAME = "board"
HOME = Path(__file__).parent.parent


def api() -> MockApi:
    """The record that the mock serves."""
    fixture = fixtures.load(NAME, HOME / "fixtures")
    return MockApi(
        name=NAME,
        specification=openapi.load(NAME, HOME / "openapi"),
        fixture=fixture,
        operations=Operations(),
        service=Notices,
        render=errors.render,
        collections=model.COLLECTIONS,
        generate=model.generate,
        personas=personas(fixture),
    )
