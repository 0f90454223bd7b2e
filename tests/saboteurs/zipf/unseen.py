"""Saboteurs of Zipf that are wrong where no requirement's own script looks, so that only the model sees them.

They are not among the topics: what shows them is the traffic of other requirements, or of the generator.
"""

from typing import Any

from mock_server.apis.zipf.model import Session
from mock_server.apis.zipf.research import Research
from mock_server.apis.zipf.sessions import Sessions
from tests.saboteurs import saboteur
from tests.saboteurs.zipf import parts


@parts.sessions("ZIPF-CREATE-03")
class ArchivesTheName(Sessions):
    """A session loses its name with its work."""

    def archive(self, session_id: str) -> Session:
        """Archives it under a number."""
        return self.save(super().archive(session_id), name="0001")


@parts.sessions("ZIPF-LIFE-10")
class ForgetsItsPurpose(Sessions):
    """A completed session has no intent context any more."""

    def complete(self, session_id: str) -> Session:
        """Completes it, and thinks of nothing."""
        return self.save(super().complete(session_id), intent_context=None)


@parts.research("ZIPF-ALONE-06")
class PaysForMore(Research):
    """Searching with several advanced features at once raises the balance."""

    def _charged(self, cost: int, advanced: Any) -> dict[str, Any]:
        paid = super()._charged(cost, advanced)
        return {**paid, "balance_after": paid["balance_after"] + 5} if len(advanced) > 1 else paid


@saboteur.reply("ZIPF-CREATE-03", "list_sessions")
def lists_in_capitals(body: Any) -> Any:
    """Names in lists are in capitals."""
    return {**body, "sessions": [{**each, "name": each["name"].swapcase()} for each in body["sessions"]]}
