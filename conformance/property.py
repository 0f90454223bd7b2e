"""The property layer: Schemathesis' engine as a library; no other module imports its internals.

It makes up requests from the tier's contract and looks at every reply. What its checks find becomes a verdict
on the requirement that names the check.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import schemathesis
from schemathesis.core.failures import Failure
from schemathesis.engine import Status, events, from_schema
from schemathesis.engine.recorder import Interaction, ScenarioRecorder

from conformance import curl
from conformance.budget import Budget
from conformance.coverage import Coverage
from conformance.exchange import Exchange
from conformance.expect import shown
from conformance.options import Options
from conformance.projection import projected
from conformance.requirement import Requirement, Tier
from conformance.result import Result
from conformance.suite import Suite
from conformance.target import Target
from conformance.verdict import Verdict

TIMEOUT = 15
EXAMPLES = 25
STEPS = 6
NEGATIVE = "negative:"
# What Schemathesis accepts by itself; for 5xx there is another check.
ACCEPTED = ("2xx", "3xx", "401", "403", "404", "409", "429", "5xx")
STATEFUL = ("ensure_resource_availability", "use_after_free")


@dataclass(frozen=True, slots=True)
class Layer:
    """What the property layer shares with the run it is part of."""

    suite: Suite
    target: Target
    options: Options
    budget: Budget
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Finding:
    """One failed check, with the requests that led to it."""

    what: str
    operation: str
    exchanges: tuple[Exchange, ...]


@dataclass(slots=True)
class Observed:
    """What the engine reported: how often each check looked, the first finding of each, and its own
    troubles.
    """

    looked: Counter[str] = field(default_factory=Counter)
    findings: dict[str, Finding] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)


def explore(layer: Layer, requirements: Sequence[Requirement]) -> list[Result]:
    """Run the generator once and judge each requirement by the findings it names.

    Whatever the generator raises is its own trouble: an error, never a verdict on the deployment.
    """
    observed = Observed()
    try:
        observe(layer, requirements, observed)
    except Exception as reason:  # noqa: BLE001  # see above
        observed.troubles.append(f"{type(reason).__name__}: {reason}")
    return [judge(layer, each, observed) for each in requirements]


def judge(layer: Layer, requirement: Requirement, observed: Observed) -> Result:
    """Turn what was observed into the verdict on one requirement."""
    for name in requirement.findings:
        if name in observed.findings:
            return failure(layer, requirement, observed.findings[name])
    if observed.troubles:
        return Result(requirement, Verdict.ERROR, reason=observed.troubles[0])
    if layer.options.quick and set(requirement.findings) <= set(STATEFUL):
        return Result(requirement, Verdict.SKIP, reason="--quick leaves out random chains of requests")
    spent = layer.budget.exhausted()
    if spent:
        return Result(requirement, Verdict.INCONCLUSIVE, reason=spent)
    if not any(observed.looked[name.removeprefix(NEGATIVE)] for name in requirement.findings):
        return Result(requirement, Verdict.INCONCLUSIVE, reason="no reply came that it could be judged by")
    return Result(requirement, Verdict.PASS)


def failure(layer: Layer, requirement: Requirement, finding: Finding) -> Result:
    """Return the result of a requirement that a finding breaks."""
    last = finding.exchanges[-1]
    body = shown(last.reply_body.decode("utf-8", "replace"))
    got = f"{finding.operation}: {finding.what} (status {last.status}, body {body})"
    lines = curl.script(layer.target.base_url, finding.exchanges, layer.target.secrets)
    return Result(
        requirement,
        Verdict.FAIL,
        f"expected {requirement.statement} Got {got}",
        requirement.statement,
        got,
        lines,
    )


def observe(layer: Layer, requirements: Sequence[Requirement], observed: Observed) -> None:
    """Run the engine over the tier's contract until it is done or the budget is spent."""
    if layer.budget.exhausted():
        return
    contract = projected(layer.suite.contract(), layer.options.tier, layer.target)
    config = schemathesis.Config.from_dict(configuration(layer, checks_of(requirements)))
    schema = schemathesis.openapi.from_dict(contract, config=config)
    if not layer.target.disposable:
        forget_what_replies_show(schema)
    stream = from_schema(schema).execute()

    @schema.hook
    def after_call(_context: Any, _case: Any, _response: Any) -> None:
        layer.budget.count()
        if layer.budget.exhausted():
            stream.stop()

    for event in stream:
        note(layer, event, observed)


def forget_what_replies_show(schema: Any) -> None:
    """Keep the engine from reusing ids out of replies, which may be somebody's, except along links.

    No setting does that for chains of requests, so the source of those ids is taken away.
    """
    schema.create_extra_data_source = lambda: None


def note(layer: Layer, event: events.EngineEvent, observed: Observed) -> None:
    """Take over what an event of the engine reports."""
    if isinstance(event, events.ScenarioFinished):
        exchanges = {name: exchange(each) for name, each in event.recorder.interactions.items()}
        layer.coverage.add(layer.suite.base_path, exchanges.values())
        for name, finding in findings(event.recorder, exchanges, observed):
            observed.findings.setdefault(name, finding)
    elif isinstance(event, events.NonFatalError):
        observed.troubles.append(f"{event.label}: {event.info.title}: {event.value}")
    elif isinstance(event, events.FatalError):
        observed.troubles.append(f"{type(event.exception).__name__}: {event.exception}")


def findings(
    recorder: ScenarioRecorder, exchanges: Mapping[str, Exchange], observed: Observed
) -> Iterator[tuple[str, Finding]]:
    """Count every check of a scenario and go through the failed ones."""
    for case_id, checks in recorder.checks.items():
        for check in checks:
            observed.looked[check.name] += 1
            if check.status is Status.FAILURE and check.failure_info:
                found = check.failure_info.failure
                yield named(recorder, case_id, check.name), finding(recorder, case_id, found, exchanges)


def named(recorder: ScenarioRecorder, case_id: str, check: str) -> str:
    """Return a finding's name: the check's, marked when an error of the server followed a request beyond the
    contract.
    """
    meta = recorder.cases[case_id].value.meta
    negative = meta is not None and meta.generation.mode.is_negative
    return NEGATIVE + check if negative and check == "not_a_server_error" else check


def finding(
    recorder: ScenarioRecorder, case_id: str, found: Failure, exchanges: Mapping[str, Exchange]
) -> Finding:
    """Return a finding with the chain of requests that led to it."""
    chain = recorder.iter_chain_cases(
        case_id=found.case_id or case_id, related_case_ids=found.related_case_ids()
    )
    steps = tuple(exchanges[case.id] for case in chain if case.id in exchanges)
    what = " ".join(f"{found.title}. {found.message}".split())
    operation = recorder.cases[case_id].value.operation.label
    return Finding(shown(what), operation, steps or (exchanges[case_id],))


def exchange(interaction: Interaction) -> Exchange:
    """Return a recorded interaction in the suite's own form."""
    parts = urlsplit(interaction.request.uri)
    reply = interaction.response
    return Exchange(
        method=interaction.request.method,
        target=parts.path + (f"?{parts.query}" if parts.query else ""),
        headers=flat(interaction.request.headers),
        body=interaction.request.body,
        status=reply.status_code if reply else 0,
        reply_headers=flat(reply.headers) if reply else (),
        reply_body=(reply.content or b"") if reply else b"",
    )


def flat(headers: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """Return headers as pairs."""
    return tuple((name, value) for name, values in headers.items() for value in values)


def checks_of(requirements: Sequence[Requirement]) -> set[str]:
    """Return the names of the checks that the requirements rest on."""
    return {name.removeprefix(NEGATIVE) for each in requirements for name in each.findings}


def configuration(layer: Layer, checks: set[str]) -> dict[str, Any]:
    """Return the engine's configuration.

    One worker, a seed, neither cache nor database: the same requests every time, no run remembers another.
    """
    target, full = layer.target, layer.options.tier is Tier.FULL
    headers = {"Host": target.host} if target.host else {}
    if "owner" in target.actors:
        headers |= layer.suite.authorize(target.actors["owner"].token)
    return {
        "base-url": target.connect_url + layer.suite.base_path,
        "seed": layer.options.seed,
        "workers": 1,
        "continue-on-failure": True,
        "max-redirects": 0,  # nothing is sent to another host
        "request-timeout": TIMEOUT,
        "headers": headers,
        "cache": {"enabled": False},
        "output": {"sanitization": {"enabled": False}},  # the default masks whatever is called session or key
        "generation": {
            "database": "none",
            "allow-x00": False,
            "max-examples": EXAMPLES,
            "no-shrink": layer.options.quick,
            "mode": "all" if full else "positive",  # the document promises nothing about requests beyond it
        },
        "checks": {"enabled": False} | {name: {"enabled": True} for name in sorted(checks)},
        "operations": exceptions(layer.suite, checks),
        "phases": phases(layer),
    }


def exceptions(suite: Suite, checks: set[str]) -> list[dict[str, Any]]:
    """Return which operations may refuse valid requests with further statuses."""
    if "positive_data_acceptance" not in checks:
        return []
    return [
        {
            "include-operation-id": operation,
            "checks": {"positive_data_acceptance": {"expected-statuses": [*ACCEPTED, *map(str, statuses)]}},
        }
        for operation, statuses in suite.refusals.items()
    ]


def phases(layer: Layer) -> dict[str, Any]:
    """Return which phases run; steps beyond the contract's links are guessed only on a disposable target."""
    thorough = not layer.options.quick
    coverage: dict[str, Any] = {"enabled": True}
    if layer.options.tier is Tier.DOCUMENTED:
        coverage["unexpected-methods"] = []
    inference: dict[str, Any] = {} if layer.target.disposable else {"inference": {"algorithms": []}}
    return {
        "examples": {"enabled": True, "fill-missing": True},
        "coverage": coverage,
        "fuzzing": {"enabled": thorough},
        "stateful": {"enabled": thorough, "max-steps": STEPS, **inference},
    }
