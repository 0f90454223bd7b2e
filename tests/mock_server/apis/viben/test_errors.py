"""Viben's error body."""

import pytest

from mock_server.apis.viben import errors
from mock_server.errors import InvalidRequest, MethodNotAllowed, Refused, RequestError


def _kinds(base: type[Exception]) -> list[type[Exception]]:
    return [found for kind in base.__subclasses__() for found in (kind, *_kinds(kind))]


@pytest.mark.parametrize("kind", [each for each in _kinds(RequestError) if "status" in vars(each)])
def test_every_request_error_has_a_code(kind: type[RequestError]) -> None:
    """No error of the frame is without its word in Viben's envelope."""
    assert kind.status in errors.CODES


@pytest.mark.parametrize("kind", [each for each in _kinds(Refused) if each.__module__ == errors.__name__])
def test_every_condition_has_a_status(kind: type[Refused]) -> None:
    """No condition of Viben is without its status."""
    assert errors.STATUSES[kind] in errors.CODES


def test_the_envelope_has_text_and_code() -> None:
    """Text for people, code for programs; headers of the error are kept."""
    assert errors.render(InvalidRequest("no")).body == {"error": "no", "code": "INVALID_INPUT"}
    assert errors.render(MethodNotAllowed("PUT", ["GET"])).headers == {"Allow": "GET"}
