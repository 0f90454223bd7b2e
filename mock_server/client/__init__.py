"""What tests in Python use: a running mock server, and worlds in it. Imports nothing of the server itself."""

from mock_server.client.errors import CallsNotMade, ControlError, MockServerError
from mock_server.client.records import Call, Criteria, Fault, Persona, Quota, RecordedRequest
from mock_server.client.server import Server, connect, start
from mock_server.client.world import World

__all__ = [
    "Call",
    "CallsNotMade",
    "ControlError",
    "Criteria",
    "Fault",
    "MockServerError",
    "Persona",
    "Quota",
    "RecordedRequest",
    "Server",
    "World",
    "connect",
    "start",
]
