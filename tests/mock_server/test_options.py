"""Tests of `mock_server.options`: what is typed, and the environment variables that mean the same."""

import argparse
import re

import pytest

from mock_server.options import add_serve, settings


def parsed(*arguments: str, **environment: str) -> argparse.Namespace:
    """The options of `mock-server serve ARGUMENTS`."""
    parser = argparse.ArgumentParser()
    add_serve(parser, environment)
    return parser.parse_args(arguments)


def test_the_environment_sets_options() -> None:
    """Each kind of option can be set by its variable."""
    options = parsed(
        MOCK_SERVER_PORT="0",
        MOCK_SERVER_VALIDATE="warn",
        MOCK_SERVER_REQUIRE_NAMESPACE="yes",
        MOCK_SERVER_CONTROL_HOST="mock.internal, other",
        MOCK_SERVER_STATE="kept.json",
    )
    chosen = settings(options)

    assert (options.port, chosen.validation, chosen.require_namespace) == (0, "warn", True)
    assert (chosen.control_hosts, str(chosen.state)) == (("mock.internal", "other"), "kept.json")


def test_webhooks_can_be_allowed_further_places() -> None:
    """Typed, an address at a time; in the environment, with commas between them."""
    typed = parsed("--webhook-allow", "https://a.example/x", "--webhook-allow", "http://b.example")
    set_ = parsed(MOCK_SERVER_WEBHOOK_ALLOW="https://a.example/x, http://b.example")

    assert settings(typed).webhook_allow == ("https://a.example/x", "http://b.example")
    assert settings(set_).webhook_allow == settings(typed).webhook_allow


def test_what_is_typed_goes_before_the_environment() -> None:
    """A variable stands in for what nobody typed."""
    assert parsed("--seed", "7", MOCK_SERVER_SEED="8").seed == 7


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MOCK_SERVER_PORT", "http"),
        ("MOCK_SERVER_VALIDATE", "hard"),
        ("MOCK_SERVER_REQUIRE_NAMESPACE", "maybe"),
        ("MOCK_SERVER_EPOCH", "today"),
        ("MOCK_SERVER_WEBHOOK_ALLOW", "ci.example"),
    ],
)
def test_an_impossible_variable_is_named(
    capsys: pytest.CaptureFixture[str], variable: str, value: str
) -> None:
    """A variable that cannot be is an error that names it, as an option would be."""
    with pytest.raises(SystemExit) as ending:
        parsed(**{variable: value})

    assert ending.value.code == 2
    assert f"{variable}: {value!r}" in capsys.readouterr().err


def test_every_option_tells_its_variable(capsys: pytest.CaptureFixture[str]) -> None:
    """The help of each option ends with the variable that means the same."""
    with pytest.raises(SystemExit):
        parsed("--help")
    text = capsys.readouterr().out
    options = set(re.findall(r"^  --([a-z-]+)", text, re.MULTILINE))

    assert {f"[MOCK_SERVER_{name.upper().replace('-', '_')}]" for name in options} == set(
        re.findall(r"\[MOCK_SERVER_[A-Z_]+\]", text)
    )


def test_the_defaults_are_those_of_the_settings() -> None:
    """Nobody has to type anything."""
    chosen = settings(parsed())

    assert (chosen.seed, chosen.validation, chosen.control_token) == (42, "strict", None)
