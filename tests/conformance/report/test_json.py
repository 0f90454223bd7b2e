"""The JSON report keeps its published schema, whatever a run found."""

import json
from typing import Any

import jsonschema_rs
import pytest

from conformance.report import forms
from conformance.report import json as json_report
from conformance.report.characters import HARMFUL
from conformance.result import Result
from conformance.verdict import Verdict
from tests.conformance.report.samples import HOSTILE, broken, report
from tests.conformance.samples import holds, sample


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


def test_what_a_server_said_is_kept() -> None:
    """JSON loses no character, not even a lone surrogate, and holds those that do harm as escapes."""
    text = forms.text(report(broken(HOSTILE)), "json")

    assert not HARMFUL.search(text)
    assert json.loads(text)["results"][0]["got"] == HOSTILE
