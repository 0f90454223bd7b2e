"""What can go wrong between a test and the mock.

MockServerError    the mock cannot be reached or started, or has no such API or persona
  ControlError     control refused a call
CallsNotMade       `verify` found calls missing, too many, or out of order: the test has failed
"""

from collections.abc import Mapping
from typing import Any


class MockServerError(Exception):
    """The mock cannot be reached or started, or has no such API or persona. The message says what to do."""


class ControlError(MockServerError):
    """Control refused a call. `status` is that of its answer, `problem` its body (RFC 9457)."""

    def __init__(self, call: str, status: int, problem: Mapping[str, Any]) -> None:
        detail = problem.get("detail", "no reason was given")
        super().__init__(f"{call}: {status} {problem.get('title', '')}: {detail}")
        self.status = status
        self.problem = problem


class CallsNotMade(AssertionError):
    """Calls were missing, too many, or out of order. The message has the requests that were made."""
