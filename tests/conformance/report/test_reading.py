"""Reports are read back as they were written; anything else is refused with its reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from conformance.report import json as json_report
from conformance.report.reading import Unreadable, read
from conformance.result import Change, Residue
from conformance.suite import Suite
from conformance.verdict import Verdict
from tests.conformance.report.samples import broken, report, result
from tests.conformance.samples import holds, sample, suite

REQUIREMENTS = tuple(sample(holds, number) for number in (1, 2))


def suite_of(api: str) -> Suite:
    """Return the made-up suite."""
    return suite(*REQUIREMENTS)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    """A report survives the way through a file."""
    whole = report(
        broken(),
        result(Verdict.SKIP, 2, "no actor"),
        coverage={"get_session": {"200": 1}},
        transitions={"a > b > c": 1},
        changes=(Change("SAMPLE-TOPIC-01", None, Verdict.PASS),),
        residue=(Residue("/x", "y"),),
        shard="1/2",
    )
    (tmp_path / "report.json").write_text(json_report.render(whole), "utf-8")

    assert read(tmp_path / "report.json", suite_of) == whole


WRONG = [
    ("nonsense", "is not JSON"),
    ("[]", "is no report of schema 1.0: the document"),
    (json.dumps(json_report.document(report()) | {"tier": "half"}), "is no report of schema 1.0: tier"),
    (json_report.render(report(result(Verdict.PASS, 9))), "another version of the suite: "),
]


@pytest.mark.parametrize(("text", "reason"), WRONG, ids=[reason for _, reason in WRONG])
def test_what_is_no_report_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    """The message names the file and says why."""
    file = tmp_path / "report.json"
    file.write_text(text, "utf-8")

    with pytest.raises(Unreadable, match=rf"report\.json: .*{reason}"):
        read(file, suite_of)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """So is a path that leads nowhere."""
    with pytest.raises(Unreadable, match="cannot be read"):
        read(tmp_path / "none.json", suite_of)


def test_an_api_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A report of an API that this version does not have cannot be read."""

    def nothing(api: str) -> Any:
        raise KeyError(api)

    (tmp_path / "report.json").write_text(json_report.render(report()), "utf-8")
    with pytest.raises(Unreadable, match="another version"):
        read(tmp_path / "report.json", nothing)
