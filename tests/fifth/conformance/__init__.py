"""The board's suite: the record the runner reads, and the list of topics."""

from functools import partial
from pathlib import Path

import openapi
from conformance.requirement import collect
from conformance.suite import Suite
from tests.fifth.conformance import access, credentials, properties
from tests.fifth.conformance.client import Board

SUITE = Suite(
    name="board",
    base_path="/api/v1",
    contract=partial(openapi.load, "board", Path(__file__).parent.parent / "openapi"),
    client=Board,
    requirements=collect((credentials, access, properties)),
)
