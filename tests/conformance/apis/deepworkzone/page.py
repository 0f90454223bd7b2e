"""Every line of Deep Work Zone's page that carries content, by its first words."""

from conformance.apis.deepworkzone.client import EXAMPLE

FILTERS = (
    "org_id",
    "channel",
    "type",
    "date",
    "completed",
    "source",
    "keyword",
    "day_start",
    "day_ends",
)


def fields() -> list[str]:
    """Return the names of the fields of the page's example, those of an object with their own."""
    found = list[str]()
    for name, value in EXAMPLE.items():
        found += [f"{name}.{inner}" for inner in value] if isinstance(value, dict) else [name]
    return found


PAGE = (
    *(
        "Session",
        "Sessions are timed",
        "They support",
        "Base URL",
        "Auth:",
        "The created_by",
        "You do not need",
    ),
    *("GET /api/v1/sessions", "Returns a list", *(f"list {name}" for name in FILTERS)),
    *("GET /api/v1/sessions/:id", "Retrieves a single", "along with", "get id"),
    *("POST /api/v1/sessions", "Creates a new", *(f"body {name}" for name in fields())),
    *("PUT /api/v1/sessions/:id", "Updates an existing", "Accepts the same", "put id"),
    *("DELETE /api/v1/sessions/:id", "Deletes a session.", "For recurring", "delete id", "Built with"),
)
