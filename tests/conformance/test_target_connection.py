"""What a target file may say of the way to a deployment, and the headers that go with every request."""

from pathlib import Path

import pytest
import trustme

from conformance.apis.viben import SUITE
from conformance.runner import run_requirement
from conformance.target import Connection, Target
from conformance.target_connection import OWN, connection
from conformance.target_file import parse
from conformance.target_values import TargetError
from conformance.verdict import Verdict
from tests.foreign.viben import Viben, serving

HERE = {"base_url": "http://127.0.0.1:9000"}


@pytest.mark.parametrize("name", [*OWN, "Content-Length"])
def test_what_the_client_sets_itself_is_refused(name: str) -> None:
    """Another length, encoding or host would spoil every request; the error says who sets it."""
    with pytest.raises(TargetError) as error:
        parse({**HERE, "headers": {name: "3"}}, "viben", {})

    assert (error.value.key, error.value.reason) == (
        f"headers.{name}",
        f"cannot be given: {OWN[name.lower()]}",
    )


def test_credentials_of_an_api_that_has_actors_stand_with_them() -> None:
    """The header that tells actors apart cannot be the same for all; where there are no actors it can."""
    given = {**HERE, "headers": {"authorization": "Basic bWU6"}}

    with pytest.raises(TargetError, match=r"headers\.authorization: cannot be given: .* \[actors\]"):
        parse(given, "zipf", {})
    assert parse(given, "viben", {}).connection.headers == given["headers"]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """A certificate, its key, another key, and a file that holds neither."""
    one, other = (trustme.CA().issue_cert("127.0.0.1") for _ in "12")
    texts = {
        "certificate": one.cert_chain_pems[0].bytes(),
        "key": one.private_key_pem.bytes(),
        "other": other.private_key_pem.bytes(),
        "nothing": b"hello",
    }
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text)
    return {name: str(tmp_path / name) for name in texts}


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"ca_file": "nothing"}, "ca_file"),
        ({"client_certificate": "nothing"}, "client_certificate"),
        ({"client_certificate": "certificate"}, "client_certificate"),
        ({"client_certificate": "certificate", "client_key": "other"}, "client_certificate"),
    ],
)
def test_files_that_tls_cannot_use_are_refused(
    given: dict[str, str], key: str, files: dict[str, str]
) -> None:
    """What is no certificate, or has no key that fits, is said when the file is read."""
    with pytest.raises(TargetError, match=f"connection.{key}: holds no certificate"):
        connection({name: files[each] for name, each in given.items()}, {})


def test_files_that_tls_can_use_are_taken(files: dict[str, str]) -> None:
    """A certificate with the key that fits is fine."""
    given = {"client_certificate": files["certificate"], "client_key": files["key"]}

    assert connection({**given, "ca_file": files["certificate"]}, {}).client_key == files["key"]


class Active(Viben):
    """Calls a new session active."""

    initial_status = "active"


def test_scripts_send_the_headers_too() -> None:
    """What goes with every request stands in the script of a failure, its value as a variable."""
    with serving(Active()) as url:
        target = Target(url, connection=Connection(headers={"X-Api-Key": "s3cret"}))
        result = run_requirement(SUITE, "VIBEN-CREATE-03", target)

    assert result.verdict is Verdict.FAIL
    assert any('X-Api-Key: \'"${X_API_KEY_HEADER}"' in line for line in result.reproduce)
