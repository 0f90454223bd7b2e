"""Requirements that Schemathesis examines with requests it makes up from the contract."""

from conformance.requirement import Level, assumed, documented, generated

ALL = ("list_sessions", "get_session")
OWNER = ("owner",)  # without credentials every request is refused, and nothing can be told from that

SCHEMA = generated(
    "MOBILENEXT-SCHEMA-01",
    "Every reply has the fields, types and values of the contract, whatever valid request it answers.",
    level=Level.MUST,
    origin=documented("object, string, required; data, array, required; nextCursor, string, nullable"),
    operations=ALL,
    actors=OWNER,
    findings=("response_schema_conformance", "response_headers_conformance"),
)
MEDIA = generated(
    "MOBILENEXT-MEDIA-01",
    "Every reply whose body the contract describes is JSON and says so.",
    level=Level.MUST,
    origin=documented("Returns: object, string, required; data, array, required"),
    operations=ALL,
    actors=OWNER,
    findings=("content_type_conformance",),
)
STATUS = generated(
    "MOBILENEXT-STATUS-01",
    "Every request is answered with a status code the contract allows.",
    level=Level.MUST,
    origin=documented("GET /api/v1/sessions; GET /api/v1/sessions/{sessionId}"),
    operations=ALL,
    actors=OWNER,
    findings=("status_code_conformance",),
)
SERVER_ERROR = generated(
    "MOBILENEXT-SERVER-ERROR-01",
    "No request that the document describes is answered with an error of the server's own (5xx).",
    level=Level.MUST,
    origin=documented("limit, integer; before, string, date-time; sessionId, string, uuid, required"),
    operations=ALL,
    actors=OWNER,
    findings=("not_a_server_error",),
)
REJECT = generated(
    "MOBILENEXT-REJECT-01",
    "Every request that breaks the contract is refused with 4xx.",
    level=Level.MUST,
    origin=assumed("The page gives types and a maximum but no refusals; 400 is on the vendor's older pages."),
    operations=ALL,
    actors=OWNER,
    findings=("negative_data_rejection", "missing_required_header", "negative:not_a_server_error"),
)
ACCEPT = generated(
    "MOBILENEXT-ACCEPT-01",
    "Every request that keeps the contract is carried out, unless session or organization are others'.",
    level=Level.MUST,
    origin=assumed(
        "The page does not say what else may be refused; the contract holds every bound the mock has."
    ),
    operations=ALL,
    actors=OWNER,
    findings=("positive_data_acceptance",),
)
METHOD = generated(
    "MOBILENEXT-METHOD-01",
    "A method that a path does not have is refused with 405, and `Allow` names those it has.",
    level=Level.MUST,
    origin=assumed("The page does not speak of other methods; 405 with Allow is RFC 9110, section 15.5.6."),
    operations=ALL,
    actors=OWNER,
    findings=("unsupported_method", "allow_header_conformance"),
)
