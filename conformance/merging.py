"""Puts the reports of shards together into the report of the run that they are parts of."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from conformance import shard
from conformance.requirement import Requirement
from conformance.result import Report, Result
from conformance.usage import Usage
from conformance.verdict import Verdict

Uses = Mapping[str, Mapping[str, Mapping[str, int]]]

SAME = ("api", "tier", "level", "seed", "catalogue", "profile")


def merged(reports: Sequence[Report], catalogue: Sequence[Requirement]) -> Report:
    """Return the report of the whole run; `catalogue` has all requirements of the API.

    A single report of a whole run stays as it is.

    Raises:
        Usage: they are not the parts of one run, or one of them is missing.
    """
    if len(reports) == 1 and not reports[0].shard:
        return reports[0]
    check(reports)
    return replace(
        reports[0],
        results=results(reports, catalogue),
        coverage={
            name: added(each.coverage.get(name, {}) for each in reports) for name in reports[0].coverage
        },
        parameters=together((each.parameters for each in reports), ("values",)),
        constraints=together(each.constraints for each in reports),
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


def results(reports: Iterable[Report], catalogue: Sequence[Requirement]) -> tuple[Result, ...]:
    """Return one result for each requirement that was examined, in the order of the catalogue.

    It is the one of the shard that the requirement belongs to. A breach that the model saw in another shard
    counts, as in a whole run, only against what passed or was never reached.

    Raises:
        Usage: the shards did not choose from the same requirements.
    """
    found = [(shard.parse(each.shard), result) for each in reports for result in each.results]
    examined = {result.requirement.id for _, result in found}
    chosen = [each for each in catalogue if each.id in examined]
    own = {result.requirement.id: result for part, result in found if result.requirement in part.of(chosen)}
    others = {
        result.requirement.id: result for part, result in found if result.requirement not in part.of(chosen)
    }
    strays = [each.id for each in chosen if each.id not in own]
    if strays:
        raise Usage(f"these are not parts of one run: did all leave out the same? see {', '.join(strays)}")
    return tuple(weightier(own[each.id], others.get(each.id)) for each in chosen)


def weightier(own: Result, other: Result | None) -> Result:
    """Return the result that a whole run would have."""
    return other if other and own.verdict in (Verdict.PASS, Verdict.INCONCLUSIVE) else own


def together(counts: Iterable[Uses], greatest: Collection[str] = ()) -> Uses:
    """Return the counts of several shards in one: sums, but the greatest of what shards may share."""
    total: dict[str, dict[str, dict[str, int]]] = {}
    for part in counts:
        for operation, found in part.items():
            for name, numbers in found.items():
                sums = total.setdefault(operation, {}).setdefault(name, dict.fromkeys(numbers, 0))
                for key, number in numbers.items():
                    sums[key] = max(sums[key], number) if key in greatest else sums[key] + number
    return total


def added(counts: Iterable[object]) -> dict[str, int]:
    """Return the sums of several counts."""
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)  # type: ignore[call-overload]
    return dict(sorted(total.items()))
