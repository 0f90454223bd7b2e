"""The mock's own errors as they are told."""

from mock_server.errors import ContractBroken, TooManyNamespaces
from mock_server.reply import PROBLEM, Reply, problem


def test_a_problem_has_the_members_of_rfc_9457() -> None:
    """Type, title, status and detail, in a media type of its own."""
    reply = TooManyNamespaces("all are in use").render()

    assert (reply.status, reply.media_type) == (429, PROBLEM)
    assert reply.body == {
        "type": "about:blank",
        "title": "Too many namespaces",
        "status": 429,
        "detail": "all are in use",
    }


def test_a_broken_contract_lists_what_is_broken() -> None:
    """The detail is the first violation; all of them follow with their pointers."""
    violations = [{"pointer": f"/{name}", "detail": name, "schemaPointer": "/"} for name in "ab"]
    body = ContractBroken("get_thing", violations).render().body

    assert (body["status"], body["detail"], body["operation"]) == (500, "get_thing: a", "get_thing")
    assert body["errors"] == violations


def test_only_json_is_serialised() -> None:
    """Bodies of other media types are bytes already."""
    assert Reply(200).is_json
    assert problem(500, "t", "d").is_json
    assert not Reply(200, b"", media_type="text/csv").is_json
