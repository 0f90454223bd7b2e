"""Saboteurs of the requirements that Schemathesis examines."""

import json
from copy import deepcopy
from dataclasses import replace
from typing import Any

from mock_server.apis.mobilenext.service import Page, Sessions
from mock_server.clock import instant
from mock_server.contract import MockApi
from mock_server.reply import Reply
from tests.saboteurs import saboteur


@saboteur.reply("MOBILENEXT-SCHEMA-01", "list_sessions")
def counts_pages(body: Any) -> Any:
    """The cursor is a number."""
    return {**body, "nextCursor": 2}


@saboteur.answer("MOBILENEXT-MEDIA-01")
def says_plain_text(operation_id: str, answer: Reply) -> Reply:
    """A session that is read says that it is plain text."""
    if operation_id != "get_session":
        return answer
    return Reply(200, json.dumps(answer.body).encode(), media_type="text/plain")


@saboteur.answer("MOBILENEXT-STATUS-01")
def redirects(operation_id: str, answer: Reply) -> Reply:
    """The list is answered with 302."""
    return Reply(302, answer.body, {"Location": "/elsewhere"}) if operation_id == "list_sessions" else answer


@saboteur.service("MOBILENEXT-SERVER-ERROR-01")
class FailsOnCursors(Sessions):
    """A cursor makes the server fail."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Fails."""
        if before is not None:
            raise RuntimeError("no cursors today")
        return super().page(limit, before, selected)


@saboteur.record("MOBILENEXT-REJECT-01")
def takes_any_cursor(api: MockApi) -> MockApi:
    """A cursor that is no time is ignored."""

    class Lenient(Sessions):
        def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
            try:
                instant(before or "")
            except ValueError:
                before = None
            return super().page(limit, before, selected)

    contract = deepcopy(dict(api.specification))
    contract["components"]["parameters"]["Before"]["schema"].pop("format")
    return replace(api, specification=contract, service=Lenient)


@saboteur.specification("MOBILENEXT-ACCEPT-01")
def allows_shorter_pages_only(contract: dict[str, Any]) -> None:
    """A limit above 400 is refused."""
    contract["components"]["parameters"]["Limit"]["schema"]["maximum"] = 400


@saboteur.refusal("MOBILENEXT-METHOD-01")
def does_not_say_what_is_allowed(answer: Reply) -> Reply:
    """405 comes without `Allow`."""
    return answer._replace(headers={}) if answer.status == 405 else answer
