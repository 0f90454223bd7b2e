"""The generator reads the records that a target file names, whatever form their ids have."""

from dataclasses import replace
from typing import Any

import pytest

from conformance.apis import deepworkzone as dwz
from conformance.apis import viben
from conformance.options import Options
from conformance.projection import example
from conformance.runner import run
from conformance.target import Target
from conformance.verdict import Verdict
from tests.conformance.apis.deepworkzone.test_fairness import SOMEBODYS
from tests.conformance.test_reserved_ids import Reserved
from tests.foreign.deepworkzone import Answer, DeepWorkZone, serving
from tests.foreign.viben import serving as serving_viben


class Noting(DeepWorkZone):
    """Notes which paths are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def answer(self, method: str, path: str, *rest: Any) -> Answer:
        """Answer as ever."""
        self.asked.append(path)
        return super().answer(method, path, *rest)


@pytest.mark.parametrize("read_only", [True, False])
def test_a_known_number_is_read(read_only: bool) -> None:
    """Where ids are numbers, the known record is asked for as one, also in a quick run that only reads."""
    server = Noting()
    id_ = server.added(SOMEBODYS)["id"]
    with serving(server) as target:
        known = replace(target, known={"sessions": (str(id_),)})
        report = run(dwz.SUITE, known, Options(quick=True, read_only=read_only, only=("DWZ-STATUS-01",)))

    assert f"/api/v1/sessions/{id_}" in server.asked
    assert report.results[0].verdict is Verdict.PASS


def test_a_known_text_is_one_step_of_a_path() -> None:
    """An id with reserved characters is asked for as it is."""
    server = Reserved()
    id_ = server.create({"agent_id": "CLAUDE_CODE"})[1]["id"]
    with serving_viben(server) as url:
        options = Options(quick=True, read_only=True, only=("VIBEN-SCHEMA-01",))
        report = run(viben.SUITE, Target(url, known={"sessions": (id_,)}), options)

    assert report.coverage["get_session"]["200"] > 0


@pytest.mark.parametrize(
    ("id_", "numbers", "given"),
    [
        ("7", True, 7),
        ("7", False, "7"),
        ("a/b", True, "a%2Fb"),
        ("a%41", False, "a%2541"),
        ("٣", True, "%D9%A3"),
    ],
)
def test_ids_are_given_as_the_generator_takes_them(id_: str, numbers: bool, given: str | int) -> None:
    """As numbers where they are numbers, else encoded."""
    assert example(id_, numbers) == given
