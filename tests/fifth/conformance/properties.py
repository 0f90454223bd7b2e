"""Requirements that Schemathesis examines with requests it makes up from the contract."""

from conformance.requirement import Level, documented, generated

SCHEMA = generated(
    "BOARD-SCHEMA-01",
    "Every reply is one that the contract describes, whatever request it answers.",
    level=Level.MUST,
    origin=documented("The notices, possibly none"),
    operations=("list_notices", "get_notice"),
    findings=("response_schema_conformance", "status_code_conformance", "not_a_server_error"),
)
