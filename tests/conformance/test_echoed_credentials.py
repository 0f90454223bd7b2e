"""A deployment that says its clients' credentials back, over and over, so that every cut falls into one."""

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from conformance.apis.viben import SUITE as VIBEN
from conformance.cli import main
from conformance.options import Options
from conformance.runner import run
from conformance.target import Connection, Target
from tests.foreign import hostile, viben
from tests.foreign.viben import Viben
from tests.foreign.zipf import Answer, Record, Zipf, serving

TOKEN = "wvr_9fK2mQ7xT4bW1cZ8+rL5/vN3pH6sD0gJ=eYuAiO"
MANY = TOKEN * 200
IN_BASE64 = "".join(b64encode(bytes(offset) + TOKEN.encode() * 99).decode() for offset in range(3))
FORMS = ("html", "json", "junit", "markdown", "sarif")
LEGIBLE = 8  # letters in a row that are too many
BODIES = {
    "text": MANY.encode(),
    "JSON": json.dumps({"name": MANY}).encode(),
    "JSON of PHP": json.dumps({"name": MANY}).replace("/", "\\/").encode(),
    "no UTF-8": b"\xff" + MANY.encode().replace(b"wvr", b"\xc3wvr"),
    "UTF-16": MANY.encode("utf-16"),
    "Base64": IN_BASE64.encode(),
}


def pieces() -> set[str]:
    """Return whatever gives a part of the credential away, also where it stands as Base64 or in UTF-16."""
    written = [TOKEN, *(b64encode(TOKEN.encode()[offset:]).decode()[:-4] for offset in range(3))]
    return {each[start : start + LEGIBLE] for each in written for start in range(len(each) - LEGIBLE + 1)}


def reported(url: str, folder: Path, capsys: pytest.CaptureFixture[str], *only: str) -> dict[str, str]:
    """Examine what is there with every report, and return them, with what was printed."""
    file = folder / "target.toml"
    file.write_text(f'base_url = "{url}"\n[actors.owner]\ntoken = "{TOKEN}"\n[limits]\ncredits = 50\n')
    paths = {form: folder / form for form in FORMS}
    flags = [word for form, path in paths.items() for word in (f"--report-{form}", str(path))]
    chosen = [word for each in only for word in ("--only", each)]
    main(["run", "zipf", "--target", str(file), "--quick", *chosen, *flags])
    said = capsys.readouterr()
    return {"out": said.out, "err": said.err} | {form: path.read_text() for form, path in paths.items()}


def told(reports: dict[str, str]) -> set[tuple[str, str]]:
    """Return which parts of the credential which report shows; zero bytes do not hide them."""
    plain = {form: text.replace("\\x00", "").replace("\\u0000", "") for form, text in reports.items()}
    return {(form, piece) for form, text in plain.items() for piece in pieces() if piece in text}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_no_cut_leaves_a_part_of_a_credential(
    body: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever every reply holds: what is shortened shows the variable, and no part of what it stands for."""
    with hostile.speaking(hostile.answer("200 OK", body, "Content-Type: application/json")) as url:
        reports = reported(url, tmp_path, capsys, "ZIPF-CREATE-0*", "ZIPF-LIST-0*", "ZIPF-SCHEMA-01")

    assert told(reports) == set()
    assert all("${OWNER_TOKEN}" in reports[form] for form in ("out", "json", "markdown"))


class Known(Zipf):
    """Knows the owner under the credential of these tests."""

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, user: str) -> Answer:
        """Take one for the other."""
        return super().answer(method, path, query, body, "wvr_anna" if user == TOKEN else user)


class Renaming(Known):
    """Calls every session after the credential."""

    def details(self, session: Record, user: str) -> Record:
        """Return a session under another name."""
        return {**super().details(session, user), "name": MANY}


class Unpaid(Known):
    """Wants to be paid by whoever the credential belongs to."""

    def create(self, body: Any, user: str) -> Answer:
        """Make no session."""
        return 402, {"message": MANY}


class Keeping(Known):
    """Names its records after the credential, and deletes none."""

    def create(self, body: Any, user: str) -> Answer:
        """Make a session under such an id."""
        status, answer = super().create(body, user)
        session = self.sessions[TOKEN] = self.sessions.pop(answer["id"])
        session["id"] = TOKEN
        return status, {**answer, "id": TOKEN}

    def write(self, method: str, end: list[str], session: Record, body: Any) -> Answer:
        """Refuse to delete."""
        return (409, None) if method == "DELETE" else super().write(method, end, session, body)


@pytest.mark.parametrize(
    ("server", "field"), [(Renaming(), "got"), (Unpaid(), "reason"), (Keeping(), "path")]
)
def test_nor_does_what_is_told_beside(
    server: Zipf, field: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the model saw, why nothing could be judged, and what was left behind name the variable."""
    with serving(server) as url:
        reports = reported(url, tmp_path, capsys, "ZIPF-CREATE-01", "ZIPF-CREATE-02", "ZIPF-UPDATE-0*")

    document = json.loads(reports["json"])
    shown = [each[field] for each in (*document["results"], *document["residue"]) if field in each]
    assert told(reports) == set()
    assert any("${OWNER_TOKEN}" in each for each in shown)


def test_cleaning_up_tells_no_credential(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What still cannot be deleted is named with the variable, too."""
    with serving(Keeping()) as url:
        reported(url, tmp_path, capsys, "ZIPF-CREATE-01")
        assert main(["cleanup"]) == 2

    said = capsys.readouterr().out
    assert "/api/v1/sessions/${OWNER_TOKEN}: DELETE was answered with" in said
    assert told({"out": said}) == set()


class Stating(Viben):
    """Calls the state of new sessions after what it is sent with every request."""

    initial_status = MANY


def test_the_states_of_records_name_no_credential() -> None:
    """The transitions that a report counts are named by what the deployment says."""
    with viben.serving(Stating()) as url:
        target = Target(url, connection=Connection(headers={"X-Key": TOKEN}))
        report = run(VIBEN, target, Options(quick=True, only=("VIBEN-CREATE-*",)))

    assert any("${X_KEY_HEADER}" in each for each in report.transitions)
    assert told({"transitions": "".join(report.transitions)}) == set()
