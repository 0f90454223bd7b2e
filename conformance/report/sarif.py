"""The report as SARIF 2.1.0, for code scanning: each broken requirement, at the operation in the contract.

See https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
"""

import json
import re
from typing import Any

import openapi
from conformance.report.json import suite_version
from conformance.report.wording import remark, source, told_whole
from conformance.requirement import Level
from conformance.result import Report, Result
from conformance.verdict import Verdict

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Level.MUST: "error", Level.SHOULD: "warning", Level.MAY: "note"}

Node = dict[str, Any]


def render(report: Report) -> str:
    """Return the report as SARIF text."""
    return json.dumps(document(report), indent=2) + "\n"


def document(report: Report) -> Node:
    """Return the report as a SARIF log with one run."""
    ids = [each.requirement.id for each in report.results]
    run = {
        "tool": {
            "driver": {
                "name": "conformance",
                "semanticVersion": suite_version(),
                "rules": [rule(each) for each in report.results],
            }
        },
        "automationDetails": {"id": f"conformance/{report.api}/"},
        "properties": {"target": report.target, "tier": report.tier.value, "seed": report.seed},
        "invocations": [{"executionSuccessful": report.exit_status != 2, "exitCode": report.exit_status}],
        "results": [result(report.api, each, ids.index(each.requirement.id)) for each in told_whole(report)],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def rule(examined: Result) -> Node:
    """Return a requirement as a rule."""
    requirement = examined.requirement
    return {
        "id": requirement.id,
        "shortDescription": {"text": requirement.statement},
        "help": {"text": source(requirement)},
        "defaultConfiguration": {"level": LEVELS[requirement.level]},
        "properties": {"tags": [requirement.origin.kind, requirement.level.value]},
    }


def result(api: str, broken: Result, index: int) -> Node:
    """Return a broken requirement as a result; one that the baseline knows is suppressed."""
    requirement = broken.requirement
    found = {
        "ruleId": requirement.id,
        "ruleIndex": index,
        "level": LEVELS[requirement.level],
        "message": {"text": message(broken)},
        "locations": [location(api, requirement.operations)],
        "partialFingerprints": {"requirement/v1": requirement.id},
    }
    if broken.verdict is Verdict.KNOWN_FAILURE:
        found["suppressions"] = [{"kind": "external", "justification": broken.reason}]
    return found


def message(broken: Result) -> str:
    """Return what was expected and got, and the requests that show it."""
    told = [f"Expected {broken.expected}, got {broken.got}."] if broken.expected else []
    told += [remark(broken)] if remark(broken) else []
    return "\n".join([broken.requirement.statement, *told, *broken.reproduce])


def location(api: str, operations: tuple[str, ...]) -> Node:
    """Return where the contract describes the first of the operations."""
    contract = openapi.FOLDER / f"{api}.yaml"
    text = contract.read_text("utf-8") if contract.is_file() else ""
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": f"openapi/{api}.yaml"},
            "region": {"startLine": line_of(operations[0], text) if operations else 1},
        },
        "logicalLocations": [{"name": each, "kind": "function"} for each in operations],
    }


def line_of(operation: str, contract: str) -> int:
    """Return the line with the operation's id, or the first one."""
    found = re.search(rf"^ *operationId: {re.escape(operation)} *$", contract, re.MULTILINE)
    return contract.count("\n", 0, found.start(0)) + 1 if found else 1
