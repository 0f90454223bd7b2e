"""Saboteurs of Zipf: the public views."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from mock_server.apis.zipf.model import AccessLevel, Session
from mock_server.apis.zipf.sessions import Sessions
from mock_server.apis.zipf.sharing import Sharing
from mock_server.contract import MockApi
from tests.saboteurs import saboteur
from tests.saboteurs.zipf import parts

Body = Mapping[str, Any]
VIEW = "/public/sessions/{id}"


@saboteur.specification("ZIPF-PUBLIC-01")
def asks_for_credentials(contract: dict[str, Any]) -> None:
    """The public session is for those with a token."""
    del contract["paths"][VIEW]["get"]["security"]


@saboteur.specification("ZIPF-PUBLIC-02")
def asks_for_credentials_on_timelines(contract: dict[str, Any]) -> None:
    """The public timeline is for those with a token."""
    del contract["paths"][f"{VIEW}/timeline"]["get"]["security"]


@saboteur.specification("ZIPF-PUBLIC-03")
def asks_for_credentials_on_exports(contract: dict[str, Any]) -> None:
    """The public export is for those with a token."""
    del contract["paths"][f"{VIEW}/export"]["get"]["security"]


@parts.sessions("ZIPF-PUBLIC-04")
class IsAlwaysOpen(Sessions):
    """Every session is public."""

    def public(self, session_id: str) -> Session:
        """Never looks at the flag."""
        session: Session | None = self._sessions.get(session_id)
        return super().public(session_id) if session is None else session


@parts.sharing("ZIPF-PUBLIC-05")
class NeverCloses(Sharing):
    """What was public stays public."""

    def share(self, session_id: str, changes: Body) -> tuple[Session, dict[str, int] | None]:
        """Opens where it should close."""
        opened = {"public_share": True} if "public_share" in changes else {}
        return super().share(session_id, {**changes, **opened})


class _LetsThePublicWrite(Sessions):
    def owned(self, session_id: str) -> Session:
        return self.public(session_id) if self._user is None else super().owned(session_id)


@saboteur.record("ZIPF-PUBLIC-06")
def lets_the_public_write(api: MockApi) -> MockApi:
    """Anybody may complete a public session."""
    contract = deepcopy(dict(api.specification))
    contract["paths"]["/sessions/{id}/complete"]["post"]["security"] = [{}]
    return replace(api, specification=contract, service=parts.with_sessions(_LetsThePublicWrite))


@saboteur.reply("ZIPF-PUBLIC-07", "get_public_session")
def names_the_owner(body: Any) -> Any:
    """The public view says whose session it is."""
    owner = "5b0c6a3e-2f0d-4c8e-9a51-0d6f4f1c7a01"
    return {**body, "session": {**body["session"], "customer_id": owner}}


@saboteur.specification("ZIPF-PUBLIC-08")
def looks_at_credentials(contract: dict[str, Any]) -> None:
    """Bad credentials close a public view."""
    contract["paths"][VIEW]["get"]["security"] = [{"bearer": []}, {}]


@parts.sessions("ZIPF-PUBLIC-09")
class ShutsStrangersOut(Sessions):
    """A public session is not for strangers who have a token."""

    def _level(self, session: Session) -> AccessLevel | None:
        level = super()._level(session)
        return None if level == "public" else level
