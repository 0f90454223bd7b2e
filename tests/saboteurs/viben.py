"""Saboteurs of Viben: at least one for each requirement of `conformance/apis/viben`."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_server.apis.viben.errors import SessionEnded, SessionNotFound
from mock_server.apis.viben.model import Message as SessionMessage
from mock_server.apis.viben.model import Session, summary
from mock_server.apis.viben.operations import Operations
from mock_server.apis.viben.service import Sessions
from mock_server.contract import MockApi
from mock_server.errors import UnsupportedMediaType
from mock_server.reply import Reply
from tests.saboteurs import saboteur

Body = Mapping[str, Any]
LONG_AGO = "2001-01-01T00:00:00Z"


# Creation


@saboteur.specification("VIBEN-CREATE-01")
def demands_a_task(contract: dict[str, Any]) -> None:
    """A creation without a task is refused."""
    contract["components"]["schemas"]["NewSession"]["required"] = ["agent_id", "task_id"]


@saboteur.reply("VIBEN-CREATE-02", "create_session")
def forgets_the_task(body: Any) -> Any:
    """The reply to a creation shows no task."""
    return {**body, "task_id": None}


@saboteur.service("VIBEN-CREATE-03")
class StartsActive(Sessions):
    """A new session is active at once."""

    def create(self, agent_id: str, task_id: str | None = None, prompt: str | None = None) -> Session:
        """Creates, then activates."""
        session = super().create(agent_id, task_id, prompt)
        return self.update(session["id"], {"status": "active"})


@saboteur.reply("VIBEN-CREATE-03", "create_session")
def says_active(body: Any) -> Any:
    """The reply to a creation says that the session is active."""
    return {**body, "status": "active"}


@saboteur.reply("VIBEN-CREATE-04", "create_session")
def repeats_an_id(body: Any) -> Any:
    """Every new session gets the same id."""
    return {**body, "id": "session-abc123"}


@saboteur.reply("VIBEN-CREATE-05", "create_session")
def creates_without_a_time(body: Any) -> Any:
    """The time of creation is no time."""
    return {**body, "created_at": "just now"}


@saboteur.operations("VIBEN-CREATE-05")
class CreatesEverEarlier(Operations):
    """Each session says that it was created before the one made before it."""

    def __init__(self) -> None:
        self._made = 0

    def create_session(self, sessions: Sessions, *, body: Body) -> Reply:
        """Goes back an hour each time."""
        self._made += 1
        reply = super().create_session(sessions, body=body)
        return Reply(201, {**reply.body, "created_at": f"2024-01-16T{23 - self._made % 24:02}:00:00Z"})


@saboteur.record("VIBEN-CREATE-06")
def needs_no_agent(api: MockApi) -> MockApi:
    """A creation without an agent gets a default one."""

    class DefaultAgent(Operations):
        def create_session(self, sessions: Sessions, *, body: Body) -> Reply:
            return super().create_session(sessions, body={"agent_id": "CLAUDE_CODE", **body})

    contract = deepcopy(dict(api.specification))
    del contract["components"]["schemas"]["NewSession"]["required"]
    return replace(api, specification=contract, operations=DefaultAgent())


@saboteur.answer("VIBEN-CREATE-07")
def creates_with_200(operation_id: str, answer: Reply) -> Reply:
    """A creation is answered with 200."""
    return Reply(200, answer.body) if operation_id == "create_session" else answer


@saboteur.specification("VIBEN-CREATE-08")
def takes_an_empty_agent(contract: dict[str, Any]) -> None:
    """A creation may have an agent without a name."""
    contract["components"]["schemas"]["AgentId"].pop("minLength")


@saboteur.operations("VIBEN-CREATE-09")
class LetsClientsChooseIds(Operations):
    """A creation takes over the id that the client made up."""

    def create_session(self, sessions: Sessions, *, body: Body) -> Reply:
        """Creates under any id."""
        reply = super().create_session(sessions, body=body)
        return Reply(reply.status, {**reply.body, "id": body.get("id", reply.body["id"])})


# List


@saboteur.reply("VIBEN-LIST-01", "list_sessions")
def lists_without_envelope(body: Any) -> Any:
    """The list is an array without an object around it."""
    return body["sessions"]


@saboteur.reply("VIBEN-LIST-01", "list_sessions")
def lists_without_counts(body: Any) -> Any:
    """Entries of the list lack the number of messages."""
    shown = [{k: v for k, v in each.items() if k != "message_count"} for each in body["sessions"]]
    return {"sessions": shown}


@saboteur.reply("VIBEN-LIST-02", "list_sessions")
def hides_the_newest(body: Any) -> Any:
    """The list lags one session behind."""
    return {"sessions": body["sessions"][1:]}


@saboteur.reply("VIBEN-LIST-02", "list_sessions")
def lists_twice(body: Any) -> Any:
    """The newest session is listed twice."""
    return {"sessions": body["sessions"][:1] + body["sessions"]}


class _IgnoresFilter(Sessions):
    ignored: str

    def find(self, **filters: str) -> Iterator[Session]:
        """Drops a filter."""
        filters.pop(self.ignored, None)
        return super().find(**filters)


@saboteur.service("VIBEN-LIST-03")
class IgnoresTheTaskFilter(_IgnoresFilter):
    """The list ignores the filter by task."""

    ignored = "task_id"


@saboteur.service("VIBEN-LIST-04")
class IgnoresTheAgentFilter(_IgnoresFilter):
    """The list ignores the filter by agent."""

    ignored = "agent_id"


@saboteur.service("VIBEN-LIST-05")
class IgnoresTheStatusFilter(_IgnoresFilter):
    """The list ignores the filter by status."""

    ignored = "status"


@saboteur.service("VIBEN-LIST-06")
class HeedsOneFilter(Sessions):
    """Of several filters the list heeds the last one only."""

    def find(self, **filters: str) -> Iterator[Session]:
        """Keeps one filter."""
        return super().find(**dict(list(filters.items())[-1:]))


@saboteur.reply("VIBEN-LIST-07", "list_sessions")
def lists_oldest_first(body: Any) -> Any:
    """The list begins with the oldest session."""
    return {"sessions": body["sessions"][::-1]}


@saboteur.answer("VIBEN-LIST-08")
def finds_nothing_loudly(operation_id: str, answer: Reply) -> Reply:
    """A list with nothing in it is answered with 404."""
    if operation_id == "list_sessions" and not answer.body["sessions"]:
        return Reply(404, {"error": "no sessions", "code": "NOT_FOUND"})
    return answer


@saboteur.operations("VIBEN-LIST-09")
class ListsData(Operations):
    """The list shows each session's data."""

    def list_sessions(self, sessions: Sessions, **filters: str) -> Reply:
        """Lists too much."""
        reply = super().list_sessions(sessions, **filters)
        shown = [{**each, "data": sessions.get(each["id"])["data"]} for each in reply.body["sessions"]]
        return Reply(200, {"sessions": shown})


# Details


@saboteur.reply("VIBEN-GET-01", "get_session")
def shows_another_agent(body: Any) -> Any:
    """The details name another agent than the creation."""
    return {**body, "agent_id": "SOMEBODY"}


@saboteur.reply("VIBEN-GET-02", "get_session")
def details_without_data(body: Any) -> Any:
    """The details lack the data."""
    return {name: value for name, value in body.items() if name != "data"}


@saboteur.reply("VIBEN-GET-02", "get_session")
def active_before_created(body: Any) -> Any:
    """A session was last active before it was created."""
    return {**body, "last_active": LONG_AGO}


@saboteur.operations("VIBEN-GET-03")
class InventsSessions(Operations):
    """The details of a session that does not exist are made up."""

    def get_session(self, sessions: Sessions, *, id_: str) -> Reply:
        """Never refuses."""
        try:
            return super().get_session(sessions, id_=id_)
        except SessionNotFound:
            known = super().get_session(sessions, id_=sessions.create("AMP")["id"]).body
            return Reply(200, {**known, "id": id_})


@saboteur.service("VIBEN-GET-04")
class CountsThePrompt(Sessions):
    """The prompt of a creation counts as a message."""

    def create(self, agent_id: str, task_id: str | None = None, prompt: str | None = None) -> Session:
        """Creates with a message in it."""
        session = super().create(agent_id, task_id, prompt)
        return self._replace({**session, "message_count": 1 if prompt else 0})


# Update


@saboteur.service("VIBEN-UPDATE-01")
class KeepsTheStatus(Sessions):
    """An update accepts a status and does not change it."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Drops the status."""
        return super().update(session_id, {k: v for k, v in changes.items() if k != "status"})


@saboteur.service("VIBEN-UPDATE-02")
class KeepsOldData(Sessions):
    """An update adds data but never replaces a value that is there."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Prefers the old data."""
        data = {**changes.get("data", {}), **self.get(session_id)["data"]}
        return super().update(session_id, {**changes, "data": data})


@saboteur.specification("VIBEN-UPDATE-03")
def demands_a_status(contract: dict[str, Any]) -> None:
    """An update without a status is refused."""
    contract["components"]["schemas"]["SessionChanges"]["required"] = ["status"]


@saboteur.service("VIBEN-UPDATE-04")
class ClearsData(Sessions):
    """An update that names no data clears it."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Updates, then clears."""
        session = super().update(session_id, changes)
        return session if "data" in changes else self._replace({**session, "data": {}})


@saboteur.service("VIBEN-UPDATE-05")
class UpdatesTheWholeTask(Sessions):
    """An update changes every session of the same task."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Updates too much."""
        task_id = self.get(session_id)["task_id"]
        for other in list(self.find(task_id=task_id) if task_id else ()):
            if other["status"] not in ("completed", "failed"):
                super().update(other["id"], changes)
        return super().update(session_id, changes)


@saboteur.specification("VIBEN-UPDATE-06")
def takes_any_status(contract: dict[str, Any]) -> None:
    """An update may set any text as status."""
    contract["components"]["schemas"]["SessionStatus"].pop("enum")


@saboteur.service("VIBEN-UPDATE-07")
class UpdatesNothing(Sessions):
    """An update of a session that does not exist creates it."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Updates or creates."""
        if self._sessions.get(session_id) is None:
            self._sessions.insert(session_id, {**super().create("AMP"), "id": session_id})
        return super().update(session_id, changes)


@saboteur.answer("VIBEN-UPDATE-08")
def updates_silently(operation_id: str, answer: Reply) -> Reply:
    """An update is answered with 204."""
    return Reply(204) if operation_id == "update_session" else answer


@saboteur.service("VIBEN-UPDATE-09")
class ReplacesData(Sessions):
    """Data sent with an update replaces all data there was."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Updates, then replaces."""
        session = super().update(session_id, changes)
        return self._replace({**session, "data": changes.get("data", session["data"])})


@saboteur.service("VIBEN-UPDATE-10")
class ChangesTheAgent(Sessions):
    """An update may hand the session to another agent."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Changes the agent, too."""
        session = super().update(session_id, changes)
        return self._replace({**session, "agent_id": changes.get("agent_id", session["agent_id"])})


@saboteur.specification("VIBEN-UPDATE-11")
def takes_any_prompt(contract: dict[str, Any]) -> None:
    """An update may have a prompt that is no text."""
    contract["components"]["schemas"]["SessionChanges"]["properties"]["prompt"] = {}


@saboteur.service("VIBEN-UPDATE-12")
class UpdatesUnnoticed(Sessions):
    """An update leaves the time of last activity."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Updates, then puts the time back."""
        before = self.get(session_id)["last_active"]
        return self._replace({**super().update(session_id, changes), "last_active": before})


# Deletion


@saboteur.service("VIBEN-DELETE-01")
class DeletesNothing(Sessions):
    """A deletion is confirmed and does nothing."""

    def delete(self, session_id: str) -> None:
        """Only looks."""
        self.get(session_id)


@saboteur.operations("VIBEN-DELETE-01")
class MessagesTheDeleted(Operations):
    """A deleted session still takes messages."""

    def send_message(self, sessions: Sessions, *, id_: str, body: Body) -> Reply:
        """Never refuses."""
        try:
            return super().send_message(sessions, id_=id_, body=body)
        except SessionNotFound:
            return super().send_message(sessions, id_=sessions.create("AMP")["id"], body=body)


@saboteur.operations("VIBEN-DELETE-02")
class ListsTheDeleted(Operations):
    """A deleted session stays in the list."""

    def __init__(self) -> None:
        self._deleted: list[Any] = []

    def delete_session(self, sessions: Sessions, *, id_: str) -> Reply:
        """Deletes and remembers."""
        session = sessions.get(id_)
        self._deleted.append(summary(session))
        return super().delete_session(sessions, id_=id_)

    def list_sessions(self, sessions: Sessions, **filters: str) -> Reply:
        """Lists what was deleted, too."""
        reply = super().list_sessions(sessions, **filters)
        gone = [each for each in self._deleted if all(each[k] == v for k, v in filters.items())]
        return Reply(200, {"sessions": gone + reply.body["sessions"]})


@saboteur.service("VIBEN-DELETE-03")
class DeletesTheWholeTask(Sessions):
    """A deletion takes every session of the same task with it."""

    def delete(self, session_id: str) -> None:
        """Deletes too much."""
        task_id = self.get(session_id)["task_id"]
        for other in list(self.find(task_id=task_id) if task_id else ()):
            if other["id"] != session_id:
                super().delete(other["id"])
        super().delete(session_id)


@saboteur.answer("VIBEN-DELETE-04")
def deletes_silently(operation_id: str, answer: Reply) -> Reply:
    """A deletion is answered with 204."""
    return Reply(204) if operation_id == "delete_session" else answer


# Messages


@saboteur.answer("VIBEN-MESSAGE-01")
def repeats_message_ids(operation_id: str, answer: Reply) -> Reply:
    """Every message gets the same id."""
    if operation_id != "send_message":
        return answer
    return Reply(200, {**answer.body, "message_id": "msg-0123456789ab"})


@saboteur.reply("VIBEN-MESSAGE-02", "send_message")
def queues_messages(body: Any) -> Any:
    """The reply to a message says that it was queued."""
    return {**body, "status": "queued"}


@saboteur.reply("VIBEN-MESSAGE-03", "send_message")
def messages_without_time(body: Any) -> Any:
    """The time of a message is a number."""
    return {**body, "timestamp": 1705415700}


@saboteur.service("VIBEN-MESSAGE-04")
class CountsNoMessages(Sessions):
    """A message does not count."""

    def send(self, session_id: str, content: str) -> SessionMessage:
        """Sends, then puts the count back."""
        before = self.get(session_id)["message_count"]
        message = super().send(session_id, content)
        self._replace({**self.get(session_id), "message_count": before})
        return message


@saboteur.service("VIBEN-MESSAGE-04")
class CountsForEverybody(Sessions):
    """A message counts for every session of the same agent."""

    def send(self, session_id: str, content: str) -> SessionMessage:
        """Sends, then counts elsewhere."""
        message = super().send(session_id, content)
        for other in list(self.find(agent_id=self.get(session_id)["agent_id"])):
            if other["id"] != session_id:
                self._replace({**other, "message_count": other["message_count"] + 1})
        return message


@saboteur.service("VIBEN-MESSAGE-05")
class SendsUnnoticed(Sessions):
    """A message leaves the time of last activity."""

    def send(self, session_id: str, content: str) -> SessionMessage:
        """Sends, then puts the time back."""
        before = self.get(session_id)["last_active"]
        message = super().send(session_id, content)
        self._replace({**self.get(session_id), "last_active": before})
        return message


@saboteur.service("VIBEN-MESSAGE-06")
class SendsToNobody(Sessions):
    """A message to a session that does not exist is accepted."""

    def send(self, session_id: str, content: str) -> SessionMessage:
        """Never refuses."""
        if self._sessions.get(session_id) is None:
            return self._new_message(session_id, content)
        return super().send(session_id, content)


@saboteur.service("VIBEN-MESSAGE-07")
class CountsTwice(Sessions):
    """A message counts as two."""

    def send(self, session_id: str, content: str) -> SessionMessage:
        """Sends, then counts again."""
        message = super().send(session_id, content)
        session = self.get(session_id)
        self._replace({**session, "message_count": session["message_count"] + 1})
        return message


@saboteur.specification("VIBEN-MESSAGE-08")
def takes_empty_messages(contract: dict[str, Any]) -> None:
    """A message may be empty."""
    contract["components"]["schemas"]["NewMessage"]["properties"]["content"] = {"type": "string"}


# Lifecycle


@saboteur.service("VIBEN-LIFECYCLE-01")
class StaysPaused(Sessions):
    """A message leaves the status as it is."""

    def send(self, session_id: str, content: str) -> SessionMessage:
        """Sends, then puts the status back."""
        before = self.get(session_id)["status"]
        message = super().send(session_id, content)
        self._replace({**self.get(session_id), "status": before})
        return message


@saboteur.service("VIBEN-LIFECYCLE-02")
class RevivesEnded(Sessions):
    """A completed session can be made active again."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Never refuses."""
        try:
            return super().update(session_id, changes)
        except SessionEnded:
            return self._replace({**self.get(session_id), **changes})


@saboteur.service("VIBEN-LIFECYCLE-03")
class MessagesEnded(Sessions):
    """A completed session takes messages."""

    def send(self, session_id: str, content: str) -> SessionMessage:
        """Never refuses."""
        try:
            return super().send(session_id, content)
        except SessionEnded:
            return self._new_message(session_id, content)


# Errors


@saboteur.refusal("VIBEN-ERROR-01")
def hides_the_code(answer: Reply) -> Reply:
    """A refusal carries no code."""
    return Reply(answer.status, {"error": answer.body["error"]}, answer.headers)


@saboteur.refusal("VIBEN-ERROR-02")
def cannot_process(answer: Reply) -> Reply:
    """What is malformed is refused with 422."""
    return Reply(422, answer.body, answer.headers) if answer.status == 400 else answer


@saboteur.refusal("VIBEN-ERROR-03")
def takes_another_type_for_malformed(answer: Reply) -> Reply:
    """Another media type is refused with 400."""
    return Reply(400, answer.body) if answer.status == UnsupportedMediaType.status else answer


@saboteur.refusal("VIBEN-ERROR-04")
def forgets_allow(answer: Reply) -> Reply:
    """A method that the path does not have is refused without `Allow`."""
    return Reply(answer.status, answer.body) if answer.status == 405 else answer


# What generated requests find


@saboteur.reply("VIBEN-SCHEMA-01", "get_session")
def counts_in_words(body: Any) -> Any:
    """The number of messages is a text."""
    return {**body, "message_count": str(body["message_count"])}


@saboteur.wire("VIBEN-MEDIA-01")
def says_plain_text(app: ASGIApp) -> ASGIApp:
    """Every reply says that it is plain text."""
    return _with_headers(app, {b"content-type": b"text/plain"})


@saboteur.answer("VIBEN-STATUS-01")
def redirects(operation_id: str, answer: Reply) -> Reply:
    """The list is answered with 302."""
    return Reply(302, answer.body, {"Location": "/elsewhere"}) if operation_id == "list_sessions" else answer


@saboteur.operations("VIBEN-SERVER-ERROR-01")
class FailsOnPrompts(Operations):
    """A creation with a prompt makes the server fail."""

    def create_session(self, sessions: Sessions, *, body: Body) -> Reply:
        """Fails."""
        if "prompt" in body:
            return Reply(500, {"error": "boom", "code": "INTERNAL_ERROR"})
        return super().create_session(sessions, body=body)


@saboteur.operations("VIBEN-STATEFUL-01")
class ReadsTheDeleted(Operations):
    """The details of a deleted session can still be read."""

    def __init__(self) -> None:
        self._deleted: dict[str, Any] = {}

    def delete_session(self, sessions: Sessions, *, id_: str) -> Reply:
        """Deletes and remembers."""
        self._deleted[id_] = super().get_session(sessions, id_=id_)
        return super().delete_session(sessions, id_=id_)

    def get_session(self, sessions: Sessions, *, id_: str) -> Reply:
        """Reads what was deleted, too."""
        return self._deleted.get(id_) or super().get_session(sessions, id_=id_)


@saboteur.specification("VIBEN-REJECT-01")
def takes_any_filter_twice(contract: dict[str, Any]) -> None:
    """A message may be anything at all."""
    contract["components"]["schemas"]["NewMessage"] = {}


@saboteur.specification("VIBEN-ACCEPT-01")
def dislikes_prompts(contract: dict[str, Any]) -> None:
    """A prompt may have one character at most."""
    contract["components"]["schemas"]["NewSession"]["properties"]["prompt"] = {
        "type": "string",
        "maxLength": 1,
    }


@saboteur.wire("VIBEN-METHOD-01")
def takes_any_method(app: ASGIApp) -> ASGIApp:
    """A method that the path does not have is taken for GET."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        known = ("GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS")
        await app({**scope, "method": scope["method"] if scope["method"] in known else "GET"}, receive, send)

    return wrapped


def _with_headers(app: ASGIApp, headers: Mapping[bytes, bytes]) -> ASGIApp:
    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(name, value) for name, value in message["headers"] if name not in headers]
                message = {**message, "headers": [*kept, *headers.items()]}
            await send(message)

        await app(scope, receive, changed)

    return wrapped
