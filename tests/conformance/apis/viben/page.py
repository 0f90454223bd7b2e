"""Every line of Viben's page that carries content, by its first words."""

SESSION = ("id", "agent_id", "task_id", "status", "created_at")
ACTIVITY = (*SESSION, "last_active", "message_count")
PAGE = (  # every line of the page that carries content, by its first words
    "Session API", "/api/sessions", "The Session API",
    "GET /api/sessions", "POST /api/sessions", "GET /api/sessions/:id", "PATCH /api/sessions/:id",
    "DELETE /api/sessions/:id", "POST /api/sessions/:id/message",
    "List sessions.", "query task_id", "query agent_id", "query status", "list sessions",
    *(f"list {field}" for field in ACTIVITY),
    "Create a new session.", "body agent_id", "body task_id", "body prompt",
    *(f"created {field}" for field in SESSION),
    "Get session details.", *(f"details {field}" for field in ACTIVITY),
    "details data", "details data.workdir", "details data.model",
    "Update a session.", "example status", "example data.notes",
    "update status", "update data", "update prompt",
    "Send a message to a session.", "message content", "sent message_id", "sent status", "sent timestamp",
    "created Just created", "active Active", "paused Paused", "completed Completed", "failed Failed",
)  # fmt: skip
