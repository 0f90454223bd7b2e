"""Zipf: sessions of research with searches and crawls, shared within organisations or with everybody.

The vendor's own examples send JSON with the media type of a form, so a body is read as JSON whatever its
Content-Type.
"""

import fixtures
import openapi
from mock_server.apis.zipf import errors, generation, model
from mock_server.apis.zipf.operations import Operations
from mock_server.apis.zipf.service import Zipf
from mock_server.auth import personas
from mock_server.contract import MockApi

NAME = "zipf"


def api() -> MockApi:
    """The record that the mock serves."""
    fixture = fixtures.load(NAME)
    return MockApi(
        name=NAME,
        specification=openapi.load(NAME),
        fixture=fixture,
        operations=Operations(),
        service=Zipf,
        render=errors.render,
        collections=model.COLLECTIONS,
        generate=generation.generate,
        personas=personas(fixture),
        reads_any_media_type=True,
    )
