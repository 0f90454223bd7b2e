"""Saboteurs of Zipf: credentials and refusals."""

from dataclasses import replace
from typing import Any

from mock_server.contract import MockApi
from mock_server.reply import Reply
from tests.saboteurs import saboteur


@saboteur.specification("ZIPF-AUTH-01")
def lists_for_everybody(contract: dict[str, Any]) -> None:
    """Nobody is asked for a token to list sessions."""
    contract["paths"]["/sessions"]["get"]["security"] = []


@saboteur.refusal("ZIPF-AUTH-02")
def challenges_nobody(answer: Reply) -> Reply:
    """A 401 does not say how to authenticate."""
    return Reply(401, answer.body) if answer.status == 401 else answer


@saboteur.refusal("ZIPF-ERROR-01")
def hides_the_code(answer: Reply) -> Reply:
    """A refusal carries no code."""
    return answer._replace(body={name: answer.body[name] for name in ("error", "message")})


@saboteur.refusal("ZIPF-ERROR-02")
def cannot_process(answer: Reply) -> Reply:
    """What is malformed is refused with 422."""
    return answer._replace(status=422) if answer.status == 400 else answer


@saboteur.refusal("ZIPF-ERROR-03")
def takes_length_for_nonsense(answer: Reply) -> Reply:
    """A body that is too long is refused with 400."""
    return answer._replace(status=400) if answer.status == 413 else answer


@saboteur.refusal("ZIPF-ERROR-04")
def forgets_allow(answer: Reply) -> Reply:
    """A method that the path does not have is refused without `Allow`."""
    return Reply(405, answer.body) if answer.status == 405 else answer


@saboteur.record("ZIPF-ERROR-05")
def knows_no_pace(api: MockApi) -> MockApi:
    """Every token may send as many requests as it likes."""
    return replace(api, personas=tuple(replace(persona, facts={}) for persona in api.personas))
