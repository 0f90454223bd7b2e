"""The ways an examination ends other than well, as exceptions: each becomes one verdict.

`Breach` -> fail, `Inconclusive` -> inconclusive, `Skip` -> skip, `Broken` -> error.
"""


class Outcome(Exception):
    """Base of everything that ends an examination before its last line."""


class Breach(Outcome):
    """The deployment broke the requirement: what was expected of which thing, and what came."""

    def __init__(self, expected: str, got: str) -> None:
        super().__init__(f"expected {expected}, got {got}")
        self.expected = expected
        self.got = got


class Inconclusive(Outcome):
    """The situation the requirement speaks of was never reached; the message says why."""


class BudgetSpent(Inconclusive):
    """The run may send no further request: its time or its number of requests is spent."""


class Skip(Outcome):
    """The requirement does not apply to this target; the message names what is missing."""


class Broken(Outcome):
    """The suite or the network failed, so nothing is known about the deployment."""
