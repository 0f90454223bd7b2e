"""Runs a suite against a target: the scripted requirements, the property layer, the model watching both."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx

from conformance import creations, ledger, probe, replaying
from conformance.applicability import chosen, others, why_skipped
from conformance.assurance import Assurance
from conformance.budget import Budget
from conformance.client import Http, connect, exchanged
from conformance.coverage import Coverage
from conformance.exchange import Exchange, Journal
from conformance.expect import PAUSE
from conformance.guard import Guard, Observer
from conformance.interruption import Interruption
from conformance.judging import judge
from conformance.layer import Layer
from conformance.lending import Lending, Loan
from conformance.masking import excerpt
from conformance.misshapen import Shapes
from conformance.model import Careful, Model, Watcher
from conformance.options import Options
from conformance.outcome import Broken, Outcome
from conformance.plan import plan
from conformance.progress import Progress, Unheard
from conformance.property import explore
from conformance.readback import ReadBack
from conformance.reducing import Shows
from conformance.replaying import Replay
from conformance.requirement import Level, Requirement
from conformance.result import Report, Residue, Result, masked, masked_residue
from conformance.suite import Suite
from conformance.target import Target
from conformance.tidying import Tidying, patient, tidying
from conformance.timeline import steps
from conformance.verdict import Verdict

SCRIPTS_SHARE = 0.6  # of a limited budget, where generated requests are to follow
INTERRUPTED = "the run was interrupted before this was examined"


@dataclass(slots=True)
class Run:
    """One run of a suite: everything its layers share, and the results so far."""

    suite: Suite
    target: Target
    options: Options
    budget: Budget
    connection: httpx.Client
    coverage: Coverage
    guard: Guard = field(default_factory=Guard)
    tidying: Tidying | None = None
    watcher: Watcher | None = None
    readback: ReadBack | None = None
    lending: Lending | None = None
    assurance: Assurance | None = None
    results: dict[str, Result] = field(default_factory=dict)
    shut_out: dict[str, str] = field(default_factory=dict)  # why, by actor
    interrupted: bool = False
    failures: dict[str, tuple[Exchange, ...]] = field(
        default_factory=dict
    )  # what led to each, by requirement
    progress: Progress = field(default_factory=Unheard)


def run(
    suite: Suite,
    target: Target,
    options: Options,
    ledgers: Path | None = None,
    progress: Progress | None = None,
    interruption: Interruption | None = None,
) -> Report:
    """Examine the target and return the report; a broken requirement is data here, never an exception.

    What it creates on a deployment that is not its own is deleted at the end, also after an interruption;
    until then `ledgers` is the folder that remembers it.
    """
    wanted = chosen(suite, options)
    with started(suite, target, options, wanted, ledgers) as this:
        this.progress = progress or this.progress
        this.guard.interruption = interruption or this.guard.interruption
        mine = options.shard.of(wanted)
        try:
            examine_all(this, mine)
        except KeyboardInterrupt:
            this.interrupted = True
        finally:
            residue = this.tidying.finish() if this.tidying else ()
        return report(this, mine, residue)


def run_requirement(
    suite: Suite, requirement_id: str, target: Target, options: Options | None = None
) -> Result:
    """Examine one requirement, whatever its tier and kind, and return its result.

    Raises:
        KeyError: the suite has no such requirement.
    """
    wanted = [suite.find(requirement_id)]
    with started(suite, target, options or Options(), wanted, None) as this:
        try:
            examine_all(this, wanted)
        finally:
            if this.tidying:
                this.tidying.finish()
        return masked(this.results[requirement_id], target.secrets)


@contextmanager
def started(
    suite: Suite, target: Target, options: Options, wanted: Sequence[Requirement], ledgers: Path | None
) -> Iterator[Run]:
    """Put together what the layers of a run share."""
    with connect(target) as connection, ExitStack() as stack:
        contract = suite.contract()
        this = Run(suite, target, options, budget_of(target), connection, Coverage(contract))
        reader = creations.of(suite.base_path, contract)
        if not target.disposable:
            where = None if options.read_only else (ledgers or ledger.folder())
            book = ledger.opened(suite.name, target.base_url, target.source, where)
            stack.callback(book.close)
            this.tidying = tidying(suite, plain(this), book)
            series = this.tidying.series
            makes_series = series.makes if series else None
            this.lending = Lending(suite.base_path, contract, lambda: loan(this), makes_series=makes_series)
        model = shadow(suite, contract)
        if model:
            ids = frozenset(each.id for each in wanted if not why_skipped(each, target, options))
            this.watcher = Watcher(model, ids, lambda request: once_more(this, request))
            watch = this.watcher.observe
            this.readback = ReadBack(suite, contract, reader, target, connection, this.budget, watch)
        seen = tuple(observers(this))
        reading = (this.readback.observe,) if this.readback else ()
        this.guard = Guard(
            read_only=options.read_only,
            observers=(*seen, *reading),
            **account(this),
            trouble=lambda: probe.trouble(plain(this), contract),
            wary=not target.disposable,
        )
        if this.tidying:
            this.tidying.http.guard = patient(seen)
            this.assurance = Assurance(this.guard)
        yield this


def planned(suite: Suite, target: Target, options: Options) -> str:
    """Say what a run would do, and send nothing."""
    wanted = chosen(suite, options)
    mine = options.shard.of(wanted)
    return plan(suite, target, options, mine)


def observers(this: Run) -> Iterator[Observer]:
    """Go through those who see every exchange."""
    if this.tidying:
        yield this.tidying.observe
    if this.watcher:
        yield this.watcher.observe
    if this.lending:
        yield this.lending.observe


def account(this: Run) -> dict[str, Any]:
    """Return what a guard needs so that account is kept of what is created, where it has to be deleted."""
    if this.tidying is None:
        return {}
    return {"announce": this.tidying.announce, "is_deleted": this.tidying.is_deleted}


def plain(this: Run) -> Http:
    """Return a client whose requests are neither recorded nor limited, but for the pace of the run."""
    budget = this.budget.aside()
    return Http(
        this.target, this.connection, this.suite.base_path, authorize=this.suite.authorize, budget=budget
    )


def once_more(this: Run, request: Exchange) -> Exchange | None:
    """Send a read again, a moment later."""
    time.sleep(PAUSE)
    this.budget.aside().count()
    try:
        return exchanged(this.connection, this.target, request)
    except (httpx.HTTPError, Broken):
        return None


def budget_of(target: Target) -> Budget:
    """Return the budget the target's limits leave a run."""
    limits = target.limits
    return Budget(
        max_requests=limits.max_requests,
        max_time=limits.max_time,
        rate=limits.rate,
        credits=target.credits,
    )


def examine_all(this: Run, wanted: Sequence[Requirement]) -> None:
    """Examine the requirements, the most binding first where the budget is limited."""
    trouble = "" if this.target.disposable else probe.trouble(plain(this), this.coverage.contract)
    if trouble:
        this.results = {each.id: Result(each, Verdict.ERROR, reason=trouble) for each in wanted}
        return
    if not this.target.disposable:
        needed = others(wanted, this.target)
        this.shut_out = probe.shut_out(plain(this), this.coverage.contract, needed)
    ours = [each for each in wanted if each.findings]
    this.budget.share = SCRIPTS_SHARE if ours else 1.0
    for each in valuable_first(wanted) if this.budget.limited else wanted:
        if each.check:
            this.progress.examining(each.id, this.budget.spent)
            take(this, examine(this, each))
            this.progress.judged(this.results[each.id])
    take(this, this.assurance.of_scripts() if this.assurance else ())
    this.budget.share = 1.0
    this.results |= {each.requirement.id: each for each in generated(this, ours)}
    this.results |= suspected(this)
    this.results |= proven(this)


def take(this: Run, results: Iterable[Result]) -> None:
    """Keep results, in the place of earlier ones."""
    this.results |= {each.requirement.id: each for each in results}
    for each in results:
        if each.verdict is not Verdict.FAIL:
            this.failures.pop(each.requirement.id, None)


def valuable_first(wanted: Sequence[Requirement]) -> list[Requirement]:
    """Return the requirements by how binding they are, documented ones before assumed ones."""
    order = tuple(Level)
    return sorted(wanted, key=lambda each: (order.index(each.level), each.origin.kind != "documented"))


def generated(this: Run, ours: Sequence[Requirement]) -> list[Result]:
    """Examine the requirements of the property layer, all in one pass of the generator."""
    unfit = {each.id: why_skipped(each, this.target, this.options) for each in ours}
    fit = [each for each in ours if not unfit[each.id]]

    def tidy(exchanges: Iterable[Exchange]) -> None:
        this.progress.examining("generated requests", this.budget.spent)
        if this.tidying:
            this.tidying.after(exchanges)

    layer = Layer(
        this.suite, this.target, this.options, this.budget, this.coverage, this.guard, tidy, replay(this),
        this.lending,
    )  # fmt: skip
    if this.readback:
        this.readback.on = True
    explored = explore(layer, fit) if fit else []
    if this.readback:
        this.readback.on = False
    believed = this.assurance.of_generator(explored) if this.assurance else explored
    found = {each.requirement.id: each for each in believed}
    return [found.get(each.id) or Result(each, Verdict.SKIP, reason=unfit[each.id]) for each in ours]


def suspected(this: Run) -> dict[str, Result]:
    """Return the results of requirements that only the model saw broken; also of those of another shard."""
    found = this.watcher.found if this.watcher else {}
    results = {}
    for id_, violation in found.items():
        known = this.results.get(id_)
        if known is None or known.verdict in (Verdict.PASS, Verdict.INCONCLUSIVE):
            secrets = this.target.secrets
            expected, got = violation.suspicion.expected, excerpt(violation.suspicion.got, secrets)
            lines = replay(this).script(violation.exchanges, shows(this, id_))
            reason = f"expected {expected}, got {got}"
            requirement = this.suite.find(id_)
            seen = steps(violation.exchanges, secrets)
            result = Result(requirement, Verdict.FAIL, reason, expected, got, lines, seen)
            results[id_] = this.assurance.of_model(violation, result) if this.assurance else result
    return results


def shows(this: Run, requirement_id: str) -> Shows:
    """Return what recognises a violation: a new model suspects it too."""
    contract = this.coverage.contract
    return lambda steps: replaying.suspected(shadow(this.suite, contract), requirement_id, steps)


def shadow(suite: Suite, contract: Mapping[str, Any]) -> Model | None:
    """Return a new model of the API, or None where it has none."""
    return Careful(suite.model(), Shapes(contract, suite.base_path)) if suite.model else None


def replay(this: Run) -> Replay:
    """Return what proves failures by sending their requests again; only what they create is noted."""
    seen = tuple(each.observe for each in (this.tidying, this.lending) if each)
    guard = Guard(
        this.options.read_only,
        this.guard.interruption,
        seen,
        trouble=this.guard.trouble,
        down=this.guard.down,
        **account(this),
    )
    tidy = this.tidying.after if this.tidying else tuple
    contract, connection = this.coverage.contract, this.connection
    return Replay(this.suite, contract, this.target, connection, this.budget, guard, tidy, this.lending)


def proven(this: Run) -> dict[str, Result]:
    """Return the failures of scripts that showed again, with the fewest requests that did."""
    results = {}
    for id_, recorded in this.failures.items():
        result = this.results[id_]
        this.progress.examining(f"{id_} once more", this.budget.spent)
        lines = replay(this).proof(result.requirement, names_of(this, id_), recorded, result.expected)
        results[id_] = replace(result, reproduce=lines or result.reproduce)
    return results


def examine(this: Run, requirement: Requirement) -> list[Result]:
    """Examine one scripted requirement; return its result, and others that are to be told otherwise now."""
    reason = why_skipped(requirement, this.target, this.options)
    if reason:
        return [Result(requirement, Verdict.SKIP, reason=reason)]
    unknown = next((this.shut_out[each] for each in requirement.actors if each in this.shut_out), "")
    if unknown:
        return [Result(requirement, Verdict.ERROR, reason=unknown)]
    journal = Journal()
    http = client(this, names_of(this, requirement.id), journal)
    shapes = Shapes(this.coverage.contract, this.suite.base_path)
    result = judge(requirement, this.suite.client(http), journal, this.target, shapes)
    if result.verdict is Verdict.FAIL:
        this.failures[requirement.id] = tuple(journal)
        if this.assurance:
            this.guard.look()
    http.clean_up()
    if this.tidying and not this.guard.down:
        this.tidying.after(journal)
    this.coverage.add(this.suite.base_path, journal)
    return this.assurance.of_script(result) if this.assurance else [result]


def names_of(this: Run, requirement_id: str) -> str:
    """Return what the names of the records of an examination are made of.

    The same run gives the same, on a deployment that is not its own with the mark of this run alone: another
    run with the same seed may be going on there.
    """
    mark = [this.tidying.ledger.mark] if this.tidying else []
    return "-".join([requirement_id.lower(), str(this.options.seed), *mark])


def client(this: Run, name: str, journal: Journal) -> Http:
    """Return a client that records in the journal; what it creates has names of its own."""
    actors = {name: each for name, each in this.target.actors.items() if name not in this.shut_out}
    return Http(
        target=replace(this.target, actors=actors),
        connection=this.connection,
        base_path=this.suite.base_path,
        name=name,
        authorize=this.suite.authorize,
        budget=this.budget,
        journal=journal,
        guard=this.guard,
        contract=this.coverage.contract,
    )


def loan(this: Run) -> Loan | None:
    """Make a record for generated requests, or return None where none can be made."""
    journal = Journal()
    http = client(this, names_of(this, "generated"), journal)

    def give_back() -> None:
        if this.tidying:  # which knows what has become of the record since, a series perhaps
            this.tidying.after(made)
        http.clean_up()

    try:
        id_ = this.suite.given(this.suite.client(http)) if this.suite.given else ""
    except Outcome:
        id_ = ""
    made = tuple(journal)
    this.coverage.add(this.suite.base_path, made)
    return Loan(id_, made, give_back) if id_ else None


def report(this: Run, mine: Sequence[Requirement], residue: Sequence[Residue]) -> Report:
    """Add up what the run found; credentials do not get this far."""
    missing = [each for each in mine if each.id not in this.results]
    others = [each for each in this.suite.requirements if each not in mine and each.id in this.results]
    this.results |= {each.id: Result(each, Verdict.ERROR, reason=INTERRUPTED) for each in missing}
    secrets = this.target.secrets
    transitions = this.watcher.model.transitions if this.watcher else {}
    return Report(
        api=this.suite.name,
        target=this.target.base_url,
        tier=this.options.tier,
        level=this.options.level,
        seed=this.options.seed,
        results=tuple(masked(this.results[each.id], secrets) for each in [*mine, *others]),
        catalogue=len(this.suite.requirements),
        coverage=this.coverage.counts(),
        parameters=this.coverage.asked.parameters(),
        constraints=this.coverage.asked.constraints(),
        profile=this.options.profile,
        requests=this.budget.sent,
        duration=round(this.budget.elapsed, 3),
        residue=tuple(masked_residue(each, secrets) for each in residue),
        transitions={excerpt(name, secrets): times for name, times in transitions.items()},
        interrupted=this.interrupted,
        shard=str(this.options.shard),
    )
