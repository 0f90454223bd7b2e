"""The property layer: Schemathesis' engine as a library; no other module imports its internals.

It makes up requests from the tier's contract and looks at every reply. What its checks find becomes a verdict
on the requirement that names the check.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

import requests
import schemathesis
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from schemathesis.core.failures import Failure
from schemathesis.engine import Status, events, from_schema
from schemathesis.engine import context as engine_context
from schemathesis.engine.recorder import Interaction, ScenarioRecorder

from conformance import curl
from conformance.adapter import Adapter, NoExchange, Transport, Wire, with_transport
from conformance.backoff import wait
from conformance.borrowing import borrow
from conformance.configuration import configuration, only_chains
from conformance.coverage import Coverage
from conformance.exchange import Exchange
from conformance.fitness import gateways
from conformance.held_off import is_held_off
from conformance.layer import Layer
from conformance.masking import excerpt
from conformance.places import operation_of
from conformance.projection import Spec, lifecycles, projected
from conformance.recognising import CHAINS
from conformance.reducing import looks_like
from conformance.requirement import Requirement
from conformance.result import Result
from conformance.timeline import steps
from conformance.verdict import Verdict

NEGATIVE = "negative:"
CONTEXT = 30  # requests before a finding that may have to do with it
STATEFUL = ("ensure_resource_availability", "use_after_free")


@dataclass(frozen=True, slots=True)
class Finding:
    """One failed check, with the requests that led to it."""

    what: str
    operation: str
    exchanges: tuple[Exchange, ...]
    context: tuple[Exchange, ...] = ()


@dataclass(slots=True)
class Observed:
    """What the engine reported: how often each check looked, the first finding of each, and its own
    troubles.
    """

    looked: Counter[str] = field(default_factory=Counter)
    findings: dict[str, Finding] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    recent: deque[Exchange] = field(default_factory=lambda: deque(maxlen=CONTEXT))
    statuses: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def met(self, coverage: Coverage, base_path: str, exchanges: Iterable[Exchange]) -> None:
        """Note with which statuses which operations answered."""
        for each in exchanges:
            operation = operation_of(coverage.contract, each.method, each.path.removeprefix(base_path))
            if operation and each.status:
                self.statuses[operation].add(each.status)

    def held_off(self, operation: str) -> str:
        """Say how an operation was only ever held off; empty where it was not."""
        met = sorted(self.statuses[operation])
        if not met or not all(is_held_off(each, state_is_known=False) for each in met):
            return ""
        return f"{operation} was only held off, with {', '.join(map(str, met))}"


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
            return failure(layer, requirement, name, observed.findings[name])
    spent = layer.budget.exhausted()
    if layer.guard.down or (observed.troubles and not spent):
        return Result(requirement, Verdict.ERROR, reason=layer.guard.down or observed.troubles[0])
    reason = spent or unreached(requirement, observed)
    return Result(requirement, Verdict.INCONCLUSIVE if reason else Verdict.PASS, reason=reason)


def unreached(requirement: Requirement, observed: Observed) -> str:
    """Say why nothing is known although nothing was found; empty when it was looked for."""
    if not any(observed.looked[name.removeprefix(NEGATIVE)] for name in requirement.findings):
        return "no reply came that it could be judged by"
    return "; ".join(filter(None, map(observed.held_off, requirement.operations)))


def failure(layer: Layer, requirement: Requirement, name: str, finding: Finding) -> Result:
    """Return the result of a requirement that a finding breaks."""
    last, secrets = finding.exchanges[-1], layer.target.secrets
    what, body = (
        excerpt(each, secrets) for each in (finding.what, last.reply_body.decode("utf-8", "replace"))
    )
    got = f"{finding.operation}: {what} (status {last.status}, body {body})"
    lines = script(layer, name, finding)
    return Result(
        requirement,
        Verdict.FAIL,
        f"expected {requirement.statement} Got {got}",
        requirement.statement,
        got,
        lines,
        steps(finding.exchanges, secrets),
    )


def script(layer: Layer, name: str, finding: Finding) -> tuple[str, ...]:
    """Return the lines that show a finding; what one reply shows is proven by the fewest requests."""
    if layer.replay:
        shows = CHAINS.get(name) or looks_like(finding.exchanges[-1])
        context = () if name in CHAINS else finding.context
        return layer.replay.script(finding.exchanges, shows, context)
    return curl.script(layer.target.base_url, finding.exchanges, layer.target.secrets)


def observe(layer: Layer, requirements: Sequence[Requirement], observed: Observed) -> None:
    """Run the engine over the tier's contract until it is done or the budget is spent.

    Chains over everything seldom come back to a record that they deleted, least of all in a large contract:
    so each kind of record that can be deleted has chains of its own, which are the only ones of a quick run.
    """
    contract = projected(layer.suite.contract(), layer.options.tier, layer.target, layer.left_out)
    checks = checks_of(requirements)
    whole = configuration(layer, checks)
    try:
        explored(layer, contract, whole, observed)
        if not checks.isdisjoint(STATEFUL):
            for lifecycle in lifecycles(contract):
                explored(layer, lifecycle, only_chains(whole), observed)
    finally:
        if layer.lending:
            layer.lending.give_back()


def explored(layer: Layer, contract: Spec, settings: dict[str, Any], observed: Observed) -> None:
    """Run the engine over a contract once."""
    if layer.budget.exhausted():
        return
    # A copy, since the engine adds the links that it guesses to what it is given.
    config = schemathesis.Config.from_dict(settings)
    schema = schemathesis.openapi.from_dict(deepcopy(contract), config=config)
    transport = Transport(schema.transport)
    with_transport(schema, transport)
    if layer.lending:
        forget_what_replies_show(schema)
        borrow(schema, transport, layer.lending, set(chain(*layer.target.known.values())))
    stream = from_schema(schema).execute()
    permits = layer.lending.permits if layer.lending else anything
    adapter = Adapter(Wire(layer.target, layer.guard, layer.budget, stream.stop, permits))
    transport.adapter = adapter
    with unaware_of_this_program(), sending_through(adapter):
        for event in stream:
            note(layer, event, observed)


@contextmanager
def unaware_of_this_program() -> Iterator[None]:
    """Keep Hypothesis from drawing texts and numbers out of the modules that happen to be loaded.

    The same seed must give the same requests at the command line, under pytest, and after the next commit; no
    setting does that.
    """
    usual = providers._get_local_constants  # noqa: SLF001
    providers._get_local_constants = Constants  # noqa: SLF001  # none, each time
    try:
        yield
    finally:
        providers._get_local_constants = usual  # noqa: SLF001


@contextmanager
def sending_through(adapter: Adapter) -> Iterator[None]:
    """Have the engine's probes of what a server takes go the way of all requests; no transport sends them."""
    usual = engine_context.make_session

    def make_session(*given: Any, **named: Any) -> requests.Session:
        session = usual(*given, **named)
        adapter.serve(session)
        return session

    engine_context.make_session = make_session
    try:
        yield
    finally:
        engine_context.make_session = usual


def forget_what_replies_show(schema: Any) -> None:
    """Keep the engine from reusing ids out of replies, which may be somebody's, except along links.

    No setting does that for chains of requests, so the source of those ids is taken away.
    """
    schema.create_extra_data_source = lambda: None


def anything(_method: str, _path: str) -> bool:
    """Permit every request: nothing on the target is anybody's."""
    return True


def note(layer: Layer, event: events.EngineEvent, observed: Observed) -> None:
    """Take over what an event of the engine reports."""
    if isinstance(event, events.ScenarioFinished):
        prefix = urlsplit(layer.target.connect_url).path
        exchanges = {name: exchange(each, prefix) for name, each in event.recorder.interactions.items()}
        layer.coverage.add(layer.suite.base_path, exchanges.values())
        observed.met(layer.coverage, layer.suite.base_path, exchanges.values())
        layer.tidy(exchanges.values())
        before = tuple(observed.recent)
        for name, finding in findings(event.recorder, exchanges, observed):
            led_to = layer.lending.led_to(finding.exchanges) if layer.lending else ()
            whole = (*led_to, *finding.exchanges)
            observed.findings.setdefault(name, replace(finding, exchanges=whole, context=before))
        observed.recent.extend(each for each in exchanges.values() if each.method != "GET")
    elif isinstance(event, events.Interrupted):
        if not (layer.budget.exhausted() or layer.guard.down):  # then it was us who stopped
            raise KeyboardInterrupt
    elif isinstance(event, events.NonFatalError):
        if not (layer.lending and event.label in layer.lending.without):
            title = "" if isinstance(event.value, NoExchange) else f"{event.info.title}: "
            observed.troubles.append(f"{event.label}: {title}{event.value}")
    elif isinstance(event, events.FatalError):
        observed.troubles.append(f"{type(event.exception).__name__}: {event.exception}")


def findings(
    recorder: ScenarioRecorder, exchanges: Mapping[str, Exchange], observed: Observed
) -> Iterator[tuple[str, Finding]]:
    """Count every check of a scenario and go through the failed ones; what a gateway answered is not checked,
    nor how records live and die where it answered any request.
    """
    unheard = gateways(exchanges.values())
    for case_id, checks in recorder.checks.items():
        answered = [exchanges[case_id]] if case_id in exchanges else []
        for check in checks:
            if gateways(answered) or (unheard and check.name in STATEFUL):
                continue
            observed.looked[check.name] += 1
            if check.status is Status.FAILURE and check.failure_info:
                found = check.failure_info.failure
                if any(wait(each) is not None for each in answered):
                    continue  # the deployment asked for a pause, which is no breach
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
    return Finding(what, operation, steps or (exchanges[case_id],))


def exchange(interaction: Interaction, prefix: str) -> Exchange:
    """Return a recorded interaction in the suite's own form; the prefix is the path of the base URL."""
    parts = urlsplit(interaction.request.uri)
    reply = interaction.response
    return Exchange(
        method=interaction.request.method,
        target=parts.path.removeprefix(prefix) + (f"?{parts.query}" if parts.query else ""),
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
