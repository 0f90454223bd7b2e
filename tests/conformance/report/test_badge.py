"""The badge: an image that says the verdict in words."""

from xml.etree.ElementTree import fromstring

import pytest

from conformance.report import badge
from conformance.result import Result
from conformance.verdict import Verdict
from tests.conformance.report.samples import broken, report, result

CASES = [
    ((result(Verdict.PASS),), "viben conformance: conforms, 1/1"),
    ((result(Verdict.PASS), broken(number=2)), "viben conformance: does not conform, 1/2"),
    ((result(Verdict.SKIP),), "viben conformance: could not be judged, 0/0"),
    (
        (result(Verdict.PASS), result(Verdict.PASS, 2), result(Verdict.SKIP, 3)),
        "viben conformance: conforms, 2/2",
    ),
    ((result(Verdict.PASS), result(Verdict.INCONCLUSIVE, 2)), "viben conformance: was not judged whole, 1/2"),
]


@pytest.mark.parametrize(("results", "words"), CASES, ids=[words for _, words in CASES])
def test_the_badge_says_the_verdict(results: tuple[Result, ...], words: str) -> None:
    """The title holds conclusion and numbers, and the image is XML."""
    image = fromstring(badge.render(report(*results)))  # noqa: S314  # our own text

    assert image[0].text == words
