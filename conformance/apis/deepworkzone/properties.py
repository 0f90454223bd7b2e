"""Requirements that Schemathesis examines with requests it makes up from the contract."""

from conformance.requirement import Level, assumed, documented, generated

DOCUMENTED = ("create_session", "list_sessions", "get_session", "replace_session", "delete_session")
ALL = (*DOCUMENTED, "join_session", "complete_session")
NO_REPLY = assumed("The page shows no reply; the contract holds every choice the mock has made.")

SCHEMA = generated(
    "DWZ-SCHEMA-01",
    "Every reply has the fields, types and values of the contract, whatever valid request it answers.",
    level=Level.MUST,
    origin=NO_REPLY,
    operations=ALL,
    findings=("response_schema_conformance", "response_headers_conformance"),
)
MEDIA = generated(
    "DWZ-MEDIA-01",
    "Every reply whose body the contract describes is JSON and says so.",
    level=Level.MUST,
    origin=NO_REPLY,
    operations=ALL,
    findings=("content_type_conformance",),
)
STATUS = generated(
    "DWZ-STATUS-01",
    "Every request is answered with a status code that says whether it was carried out: 2xx or 4xx.",
    level=Level.MUST,
    origin=documented("GET /api/v1/sessions, GET /api/v1/sessions/:id, POST, PUT, DELETE"),
    operations=ALL,
    findings=("status_code_conformance",),
)
SERVER_ERROR = generated(
    "DWZ-SERVER-ERROR-01",
    "No request that the document describes is answered with an error of the server's own (5xx).",
    level=Level.MUST,
    origin=documented("Returns a list of sessions. Retrieves a single session. Creates. Updates. Deletes."),
    operations=ALL,
    findings=("not_a_server_error",),
)
STATEFUL = generated(
    "DWZ-STATEFUL-01",
    "Along random chains of requests a created session can be reached until it is deleted, and not after.",
    level=Level.MUST,
    origin=NO_REPLY,
    operations=ALL,
    findings=("ensure_resource_availability", "use_after_free"),
)
REJECT = generated(
    "DWZ-REJECT-01",
    "Every request that breaks the contract is refused with 4xx.",
    level=Level.MUST,
    origin=assumed("The page gives no refusals; an API that takes anything cannot keep its own promises."),
    operations=ALL,
    findings=("negative_data_rejection", "missing_required_header", "negative:not_a_server_error"),
)
ACCEPT = generated(
    "DWZ-ACCEPT-01",
    "Every request that keeps the contract is carried out, unless what it is about is not the caller's.",
    level=Level.MUST,
    origin=assumed(
        "The page does not say what else may be refused; the contract holds every bound the mock has."
    ),
    operations=ALL,
    findings=("positive_data_acceptance",),
)
AUTHENTICATION = generated(
    "DWZ-AUTH-05",
    "No operation answers requests without a valid token as if they had one.",
    level=Level.MUST,
    origin=documented("Auth: Authorization: Bearer YOUR_MULTIPLAI_ACCESS_TOKEN"),
    operations=ALL,
    findings=("ignored_auth",),
)
METHOD = generated(
    "DWZ-METHOD-01",
    "A method that a path does not have is refused with 405, and `Allow` names those it has.",
    level=Level.MUST,
    origin=assumed("The page does not speak of other methods; 405 with Allow is RFC 9110, section 15.5.6."),
    operations=ALL,
    findings=("unsupported_method", "allow_header_conformance"),
)
