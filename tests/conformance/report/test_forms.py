"""What holds for the report in every form."""

import pytest

from conformance.report import forms, terminal
from conformance.report.characters import HARMFUL
from conformance.result import Residue
from tests.conformance.report.samples import HOSTILE, broken, report

WILD = report(
    broken(HOSTILE),
    target=HOSTILE,
    command=HOSTILE,
    transitions={HOSTILE: 1},
    residue=(Residue(HOSTILE, HOSTILE),),
    coverage={"get_session": {HOSTILE: 1}},
    parameters={"get_session": {HOSTILE: {"sent": 1, "absent": 1, "values": 1}}},
)


@pytest.mark.parametrize("form", forms.FORMS)
def test_no_form_holds_a_harmful_character(form: str) -> None:
    """Wherever a server got something into a report, it steers no terminal and reorders no text."""
    assert not HARMFUL.search(forms.text(WILD, form))


def test_neither_does_the_terminal() -> None:
    """The same holds for what is printed."""
    assert not HARMFUL.search(terminal.render(WILD))
