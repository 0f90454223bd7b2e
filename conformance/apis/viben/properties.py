"""Requirements that Schemathesis examines with requests it makes up from the contract."""

from conformance.requirement import Level, assumed, documented, generated

ALL = ("create_session", "list_sessions", "get_session", "update_session", "delete_session", "send_message")

SCHEMA = generated(
    "VIBEN-SCHEMA-01",
    "Every reply has the fields, types and values of the contract, whatever valid request it answers.",
    level=Level.MUST,
    origin=documented(
        'Response: { "id": "session-abc123", "agent_id": "CLAUDE_CODE", ..., "status": "created" }'
    ),
    operations=ALL,
    findings=("response_schema_conformance", "response_headers_conformance"),
)
MEDIA = generated(
    "VIBEN-MEDIA-01",
    "Every reply whose body the contract describes is JSON and says so.",
    level=Level.MUST,
    origin=documented('Response: { "sessions": [ ... ] }'),
    operations=ALL,
    findings=("content_type_conformance",),
)
STATUS = generated(
    "VIBEN-STATUS-01",
    "Every request is answered with a status code the contract allows.",
    level=Level.MUST,
    origin=documented(
        "Endpoint List: GET, POST /api/sessions; GET, PATCH, DELETE /api/sessions/:id; "
        "POST /api/sessions/:id/message"
    ),
    operations=ALL,
    findings=("status_code_conformance",),
)
SERVER_ERROR = generated(
    "VIBEN-SERVER-ERROR-01",
    "No request that the document describes is answered with an error of the server's own (5xx).",
    level=Level.MUST,
    origin=documented(
        "List sessions. Create a new session. Get session details. Update a session. "
        "Send a message to a session."
    ),
    operations=ALL,
    findings=("not_a_server_error",),
)
STATEFUL = generated(
    "VIBEN-STATEFUL-01",
    "Along random chains of requests a new session is found until it is deleted, and not afterwards.",
    level=Level.MUST,
    origin=documented("POST Create session, GET Get session details, DELETE Delete session"),
    operations=ALL,
    findings=("ensure_resource_availability", "use_after_free"),
)
REJECT = generated(
    "VIBEN-REJECT-01",
    "Every request that breaks the contract is refused with 4xx.",
    level=Level.MUST,
    origin=assumed(
        "The page gives types but no refusals; an API that takes anything cannot keep its own promises."
    ),
    operations=ALL,
    findings=("negative_data_rejection", "missing_required_header", "negative:not_a_server_error"),
)
ACCEPT = generated(
    "VIBEN-ACCEPT-01",
    "Every request that keeps the contract is carried out, unless its session does not exist or is over.",
    level=Level.MUST,
    origin=assumed(
        "The page does not say what else may be refused; the contract holds every bound the mock has."
    ),
    operations=ALL,
    findings=("positive_data_acceptance",),
)
METHOD = generated(
    "VIBEN-METHOD-01",
    "A method that a path does not have is refused with 405, and `Allow` names those it has.",
    level=Level.MUST,
    origin=assumed("The page does not speak of other methods; 405 with Allow is RFC 9110, section 15.5.6."),
    operations=ALL,
    findings=("unsupported_method", "allow_header_conformance"),
)
