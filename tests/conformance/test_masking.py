"""What stands for credentials in results, however a deployment writes them."""

import json
from base64 import b64encode, urlsafe_b64encode
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from conformance.cli import main
from conformance.masking import excerpt, mask
from tests.foreign.zipf import Answer, Zipf, serving

SECRETS = ("QUJDsecretREAL/xyz+abc==", "p&\"q\\r's <t>?/uvw", "wvr_owner_ada", "////++++////")
PHP = SECRETS[0].replace("/", "\\/")


def inside(text: str, before: str, alphabet: Any = b64encode) -> str:
    """Return the Base64 of a text that stands behind another one."""
    return str(alphabet((before + text).encode()).decode())


def ways(secret: str) -> dict[str, str]:
    """Return the ways in which a deployment may show a secret."""
    in_json = json.dumps(secret)[1:-1]
    return {
        "as it is": secret,
        "capital": secret.upper(),
        "JSON": in_json,
        "JSON of PHP": in_json.replace("/", "\\/"),
        "JSON in JSON": json.dumps(in_json)[1:-1],
        "JSON for pages": in_json.replace("&", "\\u0026").replace("<", "\\u003C").replace("+", "\\u002B"),
        "URL": quote(secret),
        "part of a URL": quote(secret, safe=""),
        "URL in a URL": quote(quote(secret, safe=""), safe=""),
        "form": quote_plus(secret),
        "HTML": escape(secret),
        "printf": "".join(c if c.isalnum() else f"\\{ord(c):03o}" for c in secret),
        "shell": secret.replace("'", "'\"'\"'"),
        "UTF-16": secret.encode("utf-16-le").decode("utf-8").removesuffix("\0"),
        "hexadecimal": secret.encode().hex(),
        "hexadecimal in pairs": secret.encode().hex(":").upper(),
        "dump": secret.encode().hex(" "),
        "list of codes": str(list(secret.encode()))[1:-1],
        "C": "".join(f"\\x{ord(c):02x}" for c in secret),
        "all of JSON": "".join(f"\\u{ord(c):04x}" for c in secret),
        "all of JSON, in JSON": "".join(f"\\\\u{ord(c):04X}" for c in secret),
        "all of JavaScript": "".join(f"\\u{{{ord(c):x}}}" for c in secret),
        "all of a URL": "".join(f"%{ord(c):02X}" for c in secret),
        "all of a URL, twice": "".join(f"%25{ord(c):02X}" for c in secret),
        "all of HTML": "".join(f"&#x{ord(c):x};" for c in secret),
        "all of HTML, in HTML": "".join(f"&amp;#{ord(c)};" for c in secret),
        "Base64": inside(secret, ""),
        "Base64 of PHP": inside(secret, "").replace("/", "\\/"),
        "Base64 for URLs": inside(secret, "", urlsafe_b64encode),
    }


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("way", ways(""))
def test_a_secret_is_masked_however_it_is_written(secret: str, way: str) -> None:
    """Nothing but the variable is left of it."""
    assert mask(f"<{ways(secret)[way]}>", {secret: "OWNER_TOKEN"}) == "<${OWNER_TOKEN}>"


@pytest.mark.parametrize(
    "hostile", ["\\" * 50_000, " " * 50_000, "%25" * 20_000, "&amp;" * 20_000, "0x53" * 20_000]
)
def test_no_text_keeps_the_masking_busy(hostile: str) -> None:
    """What looks like the beginning of codes is read once, not from each of its characters again."""
    secret = SECRETS[0]

    shown = mask(f"{hostile}{secret.encode().hex()}{hostile}", {secret: "OWNER_TOKEN"})

    assert "${OWNER_TOKEN}" in shown
    assert secret.encode().hex() not in shown


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("before", ["a:", "ab:", "abc:"])
def test_a_secret_is_masked_inside_base64(secret: str, before: str) -> None:
    """Behind a user's name, as in Basic credentials, only what the two share with a neighbour may be left."""
    shown = mask(inside(secret, before), {secret: "OWNER_TOKEN"})

    assert "${OWNER_TOKEN}" in shown
    assert len(shown.replace("${OWNER_TOKEN}", "")) <= len(before) * 4 / 3 + 1


def test_other_texts_stay_as_they_are() -> None:
    """What only resembles a secret is shown."""
    assert mask("QUJDsecret REAL / wvr", dict.fromkeys(SECRETS, "X")) == "QUJDsecret REAL / wvr"


@pytest.mark.parametrize("room", range(1, 20))
def test_a_text_is_shortened_after_its_secrets_are_masked(room: int) -> None:
    """Wherever it is cut, nothing of a secret is left, and what was cut off is said."""
    assert (
        excerpt("wvr_owner_ada" * 9, {"wvr_owner_ada": "T"}, room, " (117)")
        == ("${T}" * 9)[:room] + "... (117)"
    )


def test_a_text_that_is_short_enough_is_shown_whole() -> None:
    """Its length counts once its secrets are masked."""
    assert excerpt("by wvr_owner_ada", {"wvr_owner_ada": "T"}, 7) == "by ${T}"


class Echo(Zipf):
    """Refuses creations with the credentials that came, in JSON as PHP writes it."""

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, user: str) -> Answer:
        """Tell the credentials."""
        if method == "POST":
            return 422, f'{{"message": "{PHP} may not"}}'
        return super().answer(method, path, query, body, "wvr_anna")


def test_what_a_deployment_echoes_reaches_no_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither the terminal nor the JSON report shows the owner's token."""
    file, report = tmp_path / "target.toml", tmp_path / "report.json"
    with serving(Echo()) as url:
        file.write_text(f'base_url = "{url}"\n[actors.owner]\ntoken = "{SECRETS[0]}"\n')
        main(["run", "zipf", "--target", str(file), "--only", "ZIPF-CREATE-01", "--report-json", str(report)])

    said = capsys.readouterr()
    for text in (said.out, said.err, report.read_text()):
        assert "secretREAL" not in text
    assert "${OWNER_TOKEN} may not" in report.read_text()
