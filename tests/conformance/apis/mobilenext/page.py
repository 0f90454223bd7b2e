"""Every line of Mobile Next's page that carries content, by its first words."""

SELECTION = (
    "The organization is chosen by",
    "or the organization the API key is bound to",
    "otherwise the caller's default organization",
)
HEADER = ("header X-Organization-Id", "Selects which", "When omitted")
DEVICE = ("id", "platform", "type", "name", "osVersion")
SESSION = (
    *("id", "organization", "user", "device object"),
    *(f"device.{field}" for field in DEVICE),
    *("createdAt", "releasedAt"),
)
PAGE = (  # every line of the page that carries content, by its first words
    *("Sessions", "List sessions", "GET /api/v1/sessions", "Sessions in the selected organization"),
    *("visible to every member", "newest first", "with cursor pagination", *SELECTION),
    *("query limit", "Maximum sessions", "query before", "Cursor: return", *HEADER),
    *("list object", "list data", *(f"list {field}" for field in SESSION)),
    *("nextCursor", "Cursor for the next page"),
    *("Get a session", "GET /api/v1/sessions/{sessionId}", "Returns a session", "visible to every member"),
    *(*SELECTION, "path sessionId", *HEADER, *(f"get {field}" for field in SESSION)),
)
