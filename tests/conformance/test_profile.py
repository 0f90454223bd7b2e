"""A profile names what another generation of a vendor's does otherwise, and every report says so."""

import json
from pathlib import Path
from typing import Any

import pytest

from conformance import apis, profile
from conformance.cli import main
from conformance.options import Options
from conformance.profile import Profile
from conformance.report import forms
from conformance.runner import run
from conformance.target import Target
from conformance.target_values import TargetError
from conformance.verdict import Verdict
from tests.foreign import mobilenext, viben
from tests.foreign.mobilenext_older import OlderMobileNext
from tests.foreign.viben_later import LaterViben

ALL = [(api, name) for api in apis.NAMES for name in profile.names(api)]


def loaded(api: str, name: str) -> Profile:
    """Return a profile of an API."""
    return profile.load(apis.suite(api), name)


@pytest.mark.parametrize(("api", "name"), ALL)
def test_every_profile_can_be_used(api: str, name: str) -> None:
    """Each names requirements that exist, with reasons, and where it is known from."""
    found = loaded(api, name)

    assert found.does_not_apply
    assert found.source


def test_the_later_gateway_keeps_what_its_profile_leaves() -> None:
    """With the profile nothing is broken, and everything left out is a skip that names it."""
    later = loaded("viben", "later-gateway")
    with viben.serving(LaterViben()) as url:
        report = run(apis.suite("viben"), Target(url), Options(quick=True, profile=later))

    skipped = {each.requirement.id: each.reason for each in report.results if each.verdict is Verdict.SKIP}
    assert report.exit_status == 0
    assert skipped == {id_: f"profile later-gateway: {why}" for id_, why in later.does_not_apply.items()}


def test_the_older_pages_keep_what_their_profile_leaves() -> None:
    """With the profile nothing is broken; what cannot be read under other names stays open."""
    server = OlderMobileNext()
    older = loaded("mobilenext", "older-pages")
    with mobilenext.serving(server, sessions=(server.sessions[1]["id"],)) as target:
        report = run(apis.suite("mobilenext"), target, Options(quick=True, profile=older))

    assert [each.requirement.id for each in report.results if each.verdict is Verdict.FAIL] == []
    assert report.counts[Verdict.SKIP] == len(older.does_not_apply)


def test_every_report_says_which_profile_was_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At the terminal, on the page, as JSON and Markdown, and in the command that repeats the run."""
    paths = {form: tmp_path / form for form in ("json", "html", "markdown") if form in forms.FORMS}
    flags = [word for form, path in paths.items() for word in (f"--report-{form}", str(path))]
    with viben.serving(LaterViben()) as url:
        main(["run", "viben", "--url", url, "--only", "VIBEN-C*", "--profile", "later-gateway", *flags])

    texts = [capsys.readouterr().out, *(path.read_text("utf-8") for path in paths.values())]
    assert [text for text in texts if "the gateway as its later code has it" not in text] == []
    report: dict[str, Any] = json.loads(paths["json"].read_text("utf-8"))
    assert report["profile"]["name"] == "later-gateway"
    assert "--profile later-gateway" in report["command"]


def test_an_unknown_profile_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The names that exist are told."""
    assert main(["run", "viben", "--profile", "newest"]) == 2
    assert "there is later-gateway" in capsys.readouterr().err


ID = "VIBEN-CREATE-01"
MISTAKES: list[tuple[dict[str, Any], str, str]] = [
    ({}, "summary", "is missing"),
    ({"summary": "x", "source": "y", "skip": {}}, "skip", "is not known"),
    ({"summary": "x", "source": "y", "does_not_apply": {ID: ""}}, f"does_not_apply.{ID}", "reason"),
    ({"summary": "x", "source": "y", "does_not_apply": {"A-B-02": "z"}}, "does_not_apply.A-B-02", "is no"),
    ({"summary": "x", "source": "y", "settings": {"task_id": ["t"]}}, "settings.task_id", "known are"),
    ({"summary": "x", "source": "y", "settings": {"task_ids": "t"}}, "settings.task_ids", "must be a list"),
    ({"summary": "x", "source": "y", "settings": ["t"]}, "settings", "must be a table"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "key", "reason"), MISTAKES, ids=[each[1] for each in MISTAKES])
def test_mistakes_are_named(document: dict[str, Any], key: str, reason: str) -> None:
    """A file that cannot be used is told by key and reason."""
    with pytest.raises(TargetError, match=reason) as caught:
        profile.parse(apis.suite("viben"), "x", document)
    assert caught.value.key == key
