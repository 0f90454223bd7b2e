"""The client the board's requirements are written against: its two operations, and notices to start from."""

from typing import Any

from conformance.client import Http
from conformance.outcome import Inconclusive
from conformance.reply import Reply


class Board:
    """One method for each operation; `given_notice` finds a notice or ends as inconclusive."""

    def __init__(self, http: Http) -> None:
        self.http = http

    def list_notices(self, actor: str | None = "owner") -> Reply:
        """GET /notices."""
        return self.http.request("GET", "/notices", actor=actor)

    def get_notice(self, id_: int, actor: str | None = "owner") -> Reply:
        """GET /notices/{noticeId}."""
        return self.http.request("GET", f"/notices/{id_}", actor=actor)

    def notices(self, actor: str) -> list[dict[str, Any]]:
        """Return what is listed to an actor."""
        listed: list[dict[str, Any]] = self.list_notices(actor).succeeded().object()["notices"]
        return listed

    def given_notice(self, actor: str) -> int:
        """Return the id of a notice that an actor can see."""
        for notice in self.notices(actor):
            return int(notice["id"])
        raise Inconclusive(f"there is no notice that {actor} can see")
