"""The SARIF report: every broken requirement at its operation in the contract (SARIF 2.1.0)."""

from dataclasses import replace
from typing import Any

import openapi
from conformance.report import sarif
from conformance.requirement import Level
from conformance.verdict import Verdict
from tests.conformance.report.samples import broken, report, result


def run(*results: Any) -> Any:
    """Return the one run of the log for a report with these results."""
    return sarif.document(report(*results))["runs"][0]


def test_what_is_examined_is_a_rule_and_what_is_broken_a_result() -> None:
    """Each result names its rule by id and by its place."""
    log = run(result(Verdict.PASS, 1), broken(number=2), result(Verdict.SKIP, 3))

    assert [each["id"][-2:] for each in log["tool"]["driver"]["rules"]] == ["01", "02", "03"]
    assert [(each["ruleId"], each["ruleIndex"]) for each in log["results"]] == [("SAMPLE-TOPIC-02", 1)]


def test_levels_are_those_of_the_requirements() -> None:
    """MUST is an error, SHOULD a warning, MAY a note."""
    log = run(*(broken(number=number, level=level) for number, level in enumerate(Level, 1)))

    assert sorted(each["level"] for each in log["results"]) == ["error", "note", "warning"]


def test_a_result_points_to_the_operation_in_the_contract() -> None:
    """The line is that of the operation's id."""
    place = run(broken(operations=("send_message",)))["results"][0]["locations"][0]["physicalLocation"]
    lines = (openapi.FOLDER / "viben.yaml").read_text("utf-8").splitlines()

    assert place["artifactLocation"]["uri"] == "openapi/viben.yaml"
    assert lines[place["region"]["startLine"] - 1].strip() == "operationId: send_message"


def test_an_operation_that_is_nowhere_is_the_first_line() -> None:
    """A location is always there, for code scanning refuses results without."""
    unknown = replace(report(broken(operations=("fly",))), api="no-such")
    place = sarif.document(unknown)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]

    assert place["region"] == {"startLine": 1}


def test_a_known_failure_is_suppressed() -> None:
    """The baseline's reason is the justification."""
    known = replace(broken(verdict=Verdict.KNOWN_FAILURE), reason="known until 2027")
    found = run(known)["results"][0]

    assert found["suppressions"] == [{"kind": "external", "justification": "known until 2027"}]
