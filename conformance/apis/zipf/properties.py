"""Requirements that Schemathesis examines with requests it makes up from the contract."""

from conformance.requirement import Level, assumed, documented, generated

ALL = (
    "create_session", "list_sessions", "get_session", "update_session", "delete_session", "search_in_session",
    "crawl_in_session", "get_timeline", "complete_session", "archive_session", "share_session", "get_export",
    "get_public_session", "get_public_timeline", "get_public_export", "search_web", "crawl_pages",
    "get_link_graph",
)  # fmt: skip

SCHEMA = generated(
    "ZIPF-SCHEMA-01",
    "Every reply has the fields, types and values of the contract, whatever valid request it answers.",
    level=Level.MUST,
    origin=documented('Response with include_shared=true: {"sessions": [...], ...}. Response includes ...'),
    operations=ALL,
    findings=("response_schema_conformance", "response_headers_conformance"),
)
MEDIA = generated(
    "ZIPF-MEDIA-01",
    "Every reply whose body the contract describes has a media type that it names.",
    level=Level.MUST,
    origin=documented('Response: {"sessions": [...]}. Export format: json or csv'),
    operations=ALL,
    findings=("content_type_conformance",),
)
STATUS = generated(
    "ZIPF-STATUS-01",
    "Every request is answered with a status code the contract allows.",
    level=Level.MUST,
    origin=documented("GET, POST /api/v1/sessions; GET, PATCH, DELETE /api/v1/sessions/{id}; ..."),
    operations=ALL,
    findings=("status_code_conformance",),
)
SERVER_ERROR = generated(
    "ZIPF-SERVER-ERROR-01",
    "No request that the document describes is answered with an error of the server's own (5xx).",
    level=Level.MUST,
    origin=documented(
        "List sessions. Create a new session. Get session details. Update session properties. ..."
    ),
    operations=ALL,
    findings=("not_a_server_error",),
)
STATEFUL = generated(
    "ZIPF-STATEFUL-01",
    "Along random chains of requests a created session can be reached until it is deleted, not afterwards.",
    level=Level.MUST,
    origin=assumed(
        "The reply to a creation is not on the page, so chains cannot begin without the full contract."
    ),
    operations=ALL,
    findings=("ensure_resource_availability", "use_after_free"),
)
REJECT = generated(
    "ZIPF-REJECT-01",
    "Every request that breaks the contract is refused with 4xx, whatever media type it is sent with.",
    level=Level.MUST,
    origin=assumed(
        "The page gives types and bounds but no refusals; an API that takes anything keeps no promise."
    ),
    operations=ALL,
    findings=("negative_data_rejection", "missing_required_header", "negative:not_a_server_error"),
)
ACCEPT = generated(
    "ZIPF-ACCEPT-01",
    "Every request that keeps the contract is carried out, unless its session or a limit does not allow it.",
    level=Level.MUST,
    origin=assumed(
        "The page does not say what else may be refused; the contract holds every bound the mock has."
    ),
    operations=ALL,
    findings=("positive_data_acceptance",),
)
METHOD = generated(
    "ZIPF-METHOD-01",
    "A method that a path does not have is refused with 405, and `Allow` names those it has.",
    level=Level.MUST,
    origin=assumed("The page does not speak of other methods; 405 with Allow is RFC 9110, section 15.5.6."),
    operations=ALL,
    findings=("unsupported_method", "allow_header_conformance"),
)
