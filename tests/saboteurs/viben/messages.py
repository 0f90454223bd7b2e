"""Saboteurs of Viben: sending messages."""

from typing import Any

from mock_server.apis.viben.model import Message as SessionMessage
from mock_server.apis.viben.service import Sessions
from mock_server.reply import Reply
from tests.saboteurs import saboteur


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
