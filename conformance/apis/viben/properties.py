"""Requirements that Schemathesis examines with requests it makes up from the contract."""

from conformance.property import requirement
from conformance.requirement import Level, assumed, documented

SCHEMA = requirement(
    "VIBEN-SCHEMA-01",
    "Every reply has the fields, types and values of the contract, whatever valid request it answers.",
    level=Level.MUST,
    origin=documented('Response: { "id": "session-abc123", "agent_id": "CLAUDE_CODE", ..., "status": "created" }'),
    findings=("response_schema_conformance", "response_headers_conformance"),
)
MEDIA = requirement(
    "VIBEN-MEDIA-01",
    "Every reply whose body the contract describes is JSON and says so.",
    level=Level.MUST,
    origin=documented('Response: { "sessions": [ ... ] }'),
    findings=("content_type_conformance",),
)
STATUS = requirement(
    "VIBEN-STATUS-01",
    "Every request is answered with a status code the contract allows.",
    level=Level.MUST,
    origin=documented("Endpoint List: GET, POST /api/sessions; GET, PATCH, DELETE /api/sessions/:id; POST /api/sessions/:id/message"),
    findings=("status_code_conformance",),
)
SERVER_ERROR = requirement(
    "VIBEN-SERVER-ERROR-01",
    "No request that the document describes is answered with an error of the server's own (5xx).",
    level=Level.MUST,
    origin=documented("List sessions. Create a new session. Get session details. Update a session. Send a message to a session."),
    findings=("not_a_server_error",),
)
STATEFUL = requirement(
    "VIBEN-STATEFUL-01",
    "Along random chains of requests a created session can be reached until it is deleted, and not afterwards.",
    level=Level.MUST,
    origin=documented("POST Create session, GET Get session details, DELETE Delete session"),
    findings=("ensure_resource_availability", "use_after_free"),
)
REJECT = requirement(
    "VIBEN-REJECT-01",
    "Every request that breaks the contract is refused with 4xx.",
    level=Level.MUST,
    origin=assumed("The page gives types but no refusals; an API that takes anything cannot keep its own promises."),
    findings=("negative_data_rejection", "missing_required_header", "negative:not_a_server_error"),
)
ACCEPT = requirement(
    "VIBEN-ACCEPT-01",
    "Every request that keeps the contract is carried out, unless its session does not exist or is over.",
    level=Level.MUST,
    origin=assumed("The page does not say what else may be refused; the contract holds every bound the mock has."),
    findings=("positive_data_acceptance",),
)
METHOD = requirement(
    "VIBEN-METHOD-01",
    "A method that a path does not have is refused with 405, and `Allow` names those it has.",
    level=Level.MUST,
    origin=assumed("The page does not speak of other methods; 405 with Allow is RFC 9110, section 15.5.6."),
    findings=("unsupported_method", "allow_header_conformance"),
)
