"""The suite against the vendor's later gateway: the promises it breaks are named, no more, no less."""

from collections.abc import Iterator, Mapping

import pytest

from conformance.apis.viben import SUITE
from conformance.options import Options
from conformance.runner import run
from conformance.target import Target
from conformance.verdict import Verdict
from tests.foreign.viben import serving
from tests.foreign.viben_later import LaterViben

# What the later gateway breaks, and in which words a reader learns of it.
BROKEN: Mapping[str, str] = {
    "VIBEN-CREATE-02": '"agent_id": "CLAUDE_CODE"',
    "VIBEN-CREATE-03": 'status of the new session "created"',
    "VIBEN-CREATE-06": "POST /api/sessions refused with 4xx",
    "VIBEN-LIST-01": "the entry with a member `agent_id`",
    "VIBEN-LIST-03": "only sessions whose task_id is",
    "VIBEN-LIST-04": "only sessions whose agent_id is",
    "VIBEN-LIST-05": "only sessions whose status is",
    "VIBEN-LIST-06": "only sessions whose task_id is",
    "VIBEN-GET-01": '"agent_id": "CLAUDE_CODE"',
    "VIBEN-GET-02": "the details with a member `agent_id`",
    "VIBEN-UPDATE-02": "data after the update",
    "VIBEN-UPDATE-03": "data after the update",
    "VIBEN-UPDATE-06": 'one of "created", "active", "paused", "completed", "failed"',
    "VIBEN-MESSAGE-01": "/message answered with 2xx",
    "VIBEN-SCHEMA-01": "the fields, types and values of the contract",
}
# Random chains meet the missing route as well: a new session that takes no messages is as good as none.
ALONG_CHAINS: Mapping[str, str] = {"VIBEN-STATEFUL-01": "a new session is found until it is deleted"}
# Nothing follows from refusals where none comes, nor from messages where none can be sent.
UNREACHED = [
    "VIBEN-CREATE-10",
    "VIBEN-MESSAGE-02",
    "VIBEN-MESSAGE-03",
    "VIBEN-MESSAGE-04",
    "VIBEN-MESSAGE-05",
]


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    """Serve the later gateway."""
    with serving(LaterViben()) as url:
        yield Target(url)


@pytest.mark.parametrize(
    ("options", "broken"),
    [
        pytest.param(Options(quick=True), BROKEN, id="quick"),
        pytest.param(Options(), {**BROKEN, **ALONG_CHAINS}, id="whole", marks=pytest.mark.deep),
    ],
)
def test_the_later_gateway_is_told_what_it_breaks(
    target: Target, options: Options, broken: Mapping[str, str]
) -> None:
    """It fails in exactly these requirements, in words that name the matter; the rest holds or is open."""
    report = run(SUITE, target, options)
    failed = {each.requirement.id: each.expected for each in report.results if each.verdict is Verdict.FAIL}
    open_ = [each.requirement.id for each in report.results if each.verdict is Verdict.INCONCLUSIVE]

    assert list(failed) == list(broken)
    assert [id_ for id_, words in broken.items() if words not in failed[id_]] == []
    assert (open_, report.counts[Verdict.ERROR], report.exit_status) == (UNREACHED, 0, 1)
