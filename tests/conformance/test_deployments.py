"""Consent, plan, pace and the starter of a target file."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from conformance import apis, backoff, probe
from conformance.apis.viben import SUITE
from conformance.cli import main
from conformance.client import Http, connect
from conformance.exchange import Exchange
from conformance.masking import mask
from conformance.options import Options
from conformance.places import operations
from conformance.projection import projected
from conformance.requirement import Tier
from conformance.runner import run
from conformance.starter import starter
from conformance.suite import Effect
from conformance.target import Target
from conformance.target_file import parse
from conformance.verdict import Verdict
from tests.foreign.viben import Answer, Viben, serving

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_foreign_url_needs_consent(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is sent to somebody's server before its examination was agreed to."""
    assert main(["run", "viben", "--url", "https://viben.example"]) == 2
    assert "add --consent" in capsys.readouterr().err


def test_a_dry_run_says_what_would_happen(capsys: pytest.CaptureFixture[str]) -> None:
    """The plan names requirements, operations, effects and limits, and reaches nobody."""
    flags = ["--url", "https://viben.example", "--dry-run", "--rate", "30/m", "--read-only"]

    assert main(["run", "viben", *flags]) == 0
    said = capsys.readouterr().out
    assert "nothing is sent" in said
    assert "create_session: not called, the run is read-only" in said
    assert "0 credits" in said
    assert "pace: 0.5 requests per second" in said


@pytest.mark.parametrize("api", apis.NAMES)
def test_a_starter_is_a_target_file(api: str) -> None:
    """What is printed can be used as it is, and names each actor that the requirements know."""
    suite = apis.suite(api)
    text = starter(suite)

    assert parse(tomllib.loads(text), api, {}).base_url == "http://127.0.0.1:9000"
    assert all(f"[actors.{name}]" in text for each in suite.requirements for name in each.actors)


@pytest.mark.parametrize("api", apis.NAMES)
def test_a_starter_is_a_target_file_without_its_comments(api: str) -> None:
    """Every key that it explains is one that is read, with a value like the one it shows."""
    lines = [line.removeprefix("# ") for line in starter(apis.suite(api)).splitlines()[2:]]
    left_out = ("api =", "ca_file", "client_", "token =", "token_command")
    document = tomllib.loads("\n".join(line for line in lines if not line.startswith(left_out)))
    variables = {each["token_env"]: each["token_env"] for each in document.get("actors", {}).values()}

    target = parse(document, api, {"API_KEY": "secret", **variables})

    assert target.limits.max_requests == 2000
    assert target.settings.keys() == {each.name for each in apis.suite(api).settings}


@pytest.mark.parametrize(
    ("status", "named", "seconds"),
    [
        (429, "2", 2.0),
        (503, "Thu, 01 Jan 2026 00:00:05 GMT", 5.0),
        (503, "Wed, 31 Dec 2025 00:00:00 GMT", 0.0),
        (429, "3600", None),
        (429, "soon", None),
        (429, "²", None),
        (503, "Thu, 01 Jan 2026 00:00:05 +99999999999999", None),
        (429, "", None),
        (200, "2", None),
    ],
)
def test_pauses_are_kept_where_they_are_short(status: int, named: str, seconds: float | None) -> None:
    """A deployment is asked again after seconds or a date, but nobody waits for an hour."""
    exchange = Exchange("GET", "/", (), None, status, (("retry-after", named),))

    assert backoff.wait(exchange, NOW) == seconds


class Busy(Viben):
    """Answers every other request with 429."""

    turn = 0

    def answer(self, method: str, path: str, query: dict[str, str], body: object) -> Answer:
        """Answer every other time."""
        self.turn += 1
        return (429, {"message": "wait"}) if self.turn % 2 else super().answer(method, path, query, body)

    headers = (("Retry-After", "0"),)


def test_a_busy_deployment_is_asked_again() -> None:
    """What was only put off is sent again, so that a pace is no breach."""
    with serving(Busy()) as url:
        report = run(SUITE, Target(url), Options(quick=True))

    assert [each for each in report.results if each.verdict is Verdict.FAIL] == []
    assert report.counts[Verdict.PASS] > 20


def test_what_reaches_beyond_is_never_generated_elsewhere() -> None:
    """An operation with an effect is generated on a mock of our own only, and no link leads to it."""
    suite = replace(SUITE, effects={"send_message": Effect(credits=1)})
    foreign = projected(suite.contract(), Tier.FULL, Target("http://x"), suite.effects)
    own = projected(suite.contract(), Tier.FULL, Target("http://x", disposable=True), suite.effects)

    assert "send_message" not in str(foreign["paths"])
    assert "send_message" in str(own["paths"])


@pytest.mark.parametrize("api", apis.NAMES)
def test_effects_are_those_of_operations(api: str) -> None:
    """An effect names an operation of the contract, so that none is overlooked for a misspelt name."""
    suite = apis.suite(api)

    assert set(suite.effects) <= set(operations(suite.contract()))


def test_known_records_feed_reads_and_nothing_else() -> None:
    """The ids of a target file are examples of what is read, never of what is changed."""
    spec = projected(SUITE.contract(), Tier.FULL, Target("http://x", known={"sessions": ("s-77",)}))

    item = spec["paths"]["/sessions/{id}"]
    assert "s-77" in str(item["get"])
    assert "s-77" not in str(item["patch"]) + str(item["delete"]) + str(item.get("parameters"))


def test_headers_of_the_target_file_are_sent_and_masked() -> None:
    """A header goes with every request; its value is masked wherever it shows."""
    target = parse(
        {"base_url": "http://127.0.0.1:9", "headers": {"X-Key": {"env": "KEY"}}}, "viben", {"KEY": "hush"}
    )

    with connect(target) as connection:
        assert connection.headers["X-Key"] == "hush"
    assert mask("sent hush to", target.secrets) == "sent ${X_KEY_HEADER} to"
    assert "hush" not in repr(target)


def test_a_deployment_that_is_fit_has_no_trouble() -> None:
    """The look at the target finds nothing to say of an honest server."""
    with serving(Viben()) as url, connect(Target(url)) as connection:
        assert probe.trouble(Http(Target(url), connection, "/api"), SUITE.contract()) == ""


@pytest.mark.parametrize(("tag", "found"), [("delete", 4), ("send_message", 14), ("generated", 8)])
def test_tags_choose_requirements(tag: str, found: int) -> None:
    """A topic, an operation or a layer chooses the requirements that carry it."""
    chosen = [each for each in SUITE.requirements if Options(tags=(tag,)).chosen(each.id, each.tags)]

    assert len(chosen) >= found
    assert all(tag in each.tags for each in chosen)
