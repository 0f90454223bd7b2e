"""The JSON report keeps its published schema, whatever a run found."""

from collections.abc import Mapping
from typing import Any

import jsonschema_rs
import pytest

from conformance.report import json as json_report
from conformance.requirement import Level, Tier
from conformance.result import Report, Result
from conformance.verdict import Verdict
from tests.conformance.samples import holds, sample


def report(*results: Result, coverage: Mapping[str, Mapping[str, int]] | None = None) -> Report:
    """Return the report of a run with these results."""
    return Report(
        api="viben",
        target="http://127.0.0.1:1",
        tier=Tier.FULL,
        level=Level.MUST,
        seed=1,
        results=results,
        catalogue=9,
        coverage=coverage or {},
        requests=3,
        duration=0.5,
    )


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_fits_the_schema(verdict: Verdict) -> None:
    """Reports are valid by the schema that is shipped with them."""
    result = Result(sample(holds), verdict, "because", "this", "that", ("curl",))
    document = json_report.document(report(result, coverage={"get_session": {"200": 1}}))

    assert list(jsonschema_rs.validator_for(json_report.schema()).iter_errors(document)) == []


def test_a_report_without_results_fits_the_schema() -> None:
    """Nothing examined is a report too, and no success."""
    document = json_report.document(report())

    assert jsonschema_rs.is_valid(json_report.schema(), document)
    assert (document["verdict"], document["exit_status"]) == ("inconclusive", 2)


def test_a_failure_without_its_story_is_no_valid_report() -> None:
    """The schema asks of a failure what was expected, what came and how to see it."""
    document: Any = json_report.document(report(Result(sample(holds), Verdict.FAIL)))

    assert not jsonschema_rs.is_valid(json_report.schema(), document)


def test_the_ceiling_tells_how_much_could_be_judged() -> None:
    """Catalogue, examined and judged stand beside each other."""
    results = (Result(sample(holds), Verdict.PASS), Result(sample(holds, 2), Verdict.SKIP))
    document = json_report.document(report(*results))

    assert document["ceiling"] == {"catalogue": 9, "examined": 2, "judged": 1}
    assert (document["counts"]["pass"], document["counts"]["skip"]) == (1, 1)
