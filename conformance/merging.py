"""Puts the reports of shards together into the report of the run that they are parts of."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from conformance import shard
from conformance.result import Report, Result
from conformance.usage import Usage
from conformance.verdict import Verdict

SAME = ("api", "tier", "level", "seed", "catalogue")


def merged(reports: Sequence[Report], order: Sequence[str]) -> Report:
    """Return the report of the whole run; `order` has the ids of all requirements.

    A single report of a whole run stays as it is.

    Raises:
        Usage: they are not the parts of one run, or one of them is missing.
    """
    if len(reports) == 1 and not reports[0].shard:
        return reports[0]
    check(reports)
    return replace(
        reports[0],
        results=results(reports, order),
        coverage={
            name: added(each.coverage.get(name, {}) for each in reports) for name in reports[0].coverage
        },
        transitions=added(each.transitions for each in reports),
        requests=sum(each.requests for each in reports),
        duration=max(each.duration for each in reports),
        residue=tuple(residue for each in reports for residue in each.residue),
        interrupted=any(each.interrupted for each in reports),
        shard="",
    )


def check(reports: Sequence[Report]) -> None:
    """Refuse what is not exactly the parts of one run."""
    for name in SAME:
        found = sorted({str(getattr(each, name)) for each in reports})
        if len(found) > 1:
            raise Usage(f"these are not parts of one run: their {name} is {' and '.join(found)}")
    parts = [shard.parse(each.shard or "1/1") for each in reports]
    wanted = {shard.Shard(number, parts[0].count) for number in range(1, parts[0].count + 1)}
    missing = sorted(str(each) for each in wanted.difference(parts))
    if missing:
        raise Usage(f"the report of shard {', '.join(missing)} is missing")
    if len(parts) > len(wanted) or set(parts) != wanted:
        raise Usage(f"there are too many reports: {', '.join(str(each) or 'a whole run' for each in parts)}")


def results(reports: Iterable[Report], order: Sequence[str]) -> tuple[Result, ...]:
    """Return one result for each requirement, in order."""
    found: dict[str, Result] = {}
    for each in (result for report in reports for result in report.results):
        id_ = each.requirement.id
        found[id_] = weightier(found[id_], each) if id_ in found else each
    return tuple(found[id_] for id_ in order if id_ in found)


def weightier(one: Result, other: Result) -> Result:
    """Return the result that a whole run would have: a breach that the model saw in another shard counts only
    against what passed or was never reached.
    """
    open_to_doubt = (Verdict.PASS, Verdict.INCONCLUSIVE)
    return (
        other if one.verdict in open_to_doubt or other.verdict not in (*open_to_doubt, Verdict.FAIL) else one
    )


def added(counts: Iterable[object]) -> dict[str, int]:
    """Return the sums of several counts."""
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)  # type: ignore[call-overload]
    return dict(sorted(total.items()))
