"""Who calls: credits, organisations, and how many requests a token may send."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from mock_server.apis.zipf.errors import InsufficientCredits, RateLimited
from mock_server.auth import Persona
from mock_server.world import World

HOUR = timedelta(hours=1)


def price(cost: int, balance: int, advanced: Sequence[str]) -> dict[str, Any]:
    """What an operation has cost, as replies show it."""
    return {
        "consumed": cost,
        "balance_after": balance,
        "pricing_tier": "advanced" if advanced else "basic",
        "advanced_features": list(advanced),
    }


class Accounts:
    """The caller's account in one world."""

    def __init__(self, world: World, caller: Persona) -> None:
        self._world = world
        self._caller = caller
        self._accounts = world.collection("zipf", "accounts")
        self._organizations = world.collection("zipf", "organizations")

    def admit(self) -> None:
        """Counts a request. Raises `RateLimited` beyond what the token may send in an hour.

        Which tokens have a limit the fixture says; hours are full ones of the world's clock.
        """
        limit = self._caller.facts.get("requests_per_hour")
        if limit is None:
            return
        now = self._world.clock.now()
        begin = now.replace(minute=0, second=0, microsecond=0)
        if self._world.next_ordinal(f"zipf.requests/{self._caller.user}/{begin:%Y%m%d%H}") > limit:
            raise RateLimited(limit, int((begin + HOUR - now).total_seconds()) + 1)

    @property
    def balance(self) -> int:
        """How many credits are left."""
        account = self._accounts.get(self._caller.user)
        return 0 if account is None else int(account["credits"])

    def charge(self, cost: int) -> int:
        """Takes credits and returns how many are left. Raises `InsufficientCredits`, taking nothing."""
        balance = self.balance
        if balance < cost:
            raise InsufficientCredits(cost, balance)
        if cost:
            self._accounts.update(self._caller.user, {"id": self._caller.user, "credits": balance - cost})
        return balance - cost

    def organizations(self) -> list[dict[str, Any]]:
        """The caller's organisations, with id and name."""
        return [{"id": id_, "name": self.organization_name(id_)} for id_ in self._caller.organizations]

    def organization_name(self, organization_id: str) -> str:
        """What an organisation is called; its id where that is not known."""
        organization = self._organizations.get(organization_id)
        return organization_id if organization is None else str(organization["name"])
