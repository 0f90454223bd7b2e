"""What every contender is asked again and again."""

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Workload:
    """One request, or a conversation in Lua that begins with it; `path` goes behind a contender's root."""

    name: str
    title: str
    path: str
    method: str = "GET"
    body: str = ""
    conversation: Path | None = None


SESSION_ID = "session-abc123"
# So many sessions each list shows; those of an agent of that name.
LISTS = {"bench-20": 20, "bench-100": 100}

GET = Workload("get", "Get by id", f"/sessions/{SESSION_ID}")
LIST_20 = Workload("list-20", "List of 20", "/sessions?agent_id=bench-20")
LIST_100 = Workload("list-100", "List of 100", "/sessions?agent_id=bench-100")
CREATE = Workload("create", "Create", "/sessions", "POST", '{"agent_id": "bench"}')
UPDATE = Workload("update", "Update", f"/sessions/{SESSION_ID}", "PATCH", '{"data": {"step": 1}}')
CONVERSATION = Workload(
    "conversation",
    "Front-end session: list, create, get, update, get, delete",
    LIST_20.path,
    conversation=HERE / "conversation.lua",
)
WORKLOADS = (GET, LIST_20, LIST_100, CREATE, UPDATE, CONVERSATION)
