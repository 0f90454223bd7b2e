"""The result of a differential run, for people and for programs."""

import json
from collections.abc import Iterator
from typing import Any

from conformance.differential.replay import Comparing, Parting, Tally, unused
from conformance.report.characters import in_one_line, visible


def exit_status(found: Comparing) -> int:
    """0 the deployments agree, but for what is accepted; 1 they do not; 2 that could not be found out."""
    if any(not each.accepted for each in found.partings.values()):
        return 1
    return 2 if found.trouble or not total(found).compared else 0


def total(found: Comparing) -> Tally:
    """Add up the operations."""
    tallies = found.tallies.values()
    return Tally(
        sum(each.compared for each in tallies),
        sum(each.agreed for each in tallies),
        sum(each.unreachable for each in tallies),
    )


def fidelity(tally: Tally) -> str:
    """Return the share of replies that agree; never rounded up to all."""
    if not tally.compared:
        return "-"
    return f"{int(1000 * tally.agreed / tally.compared) / 10:.1f} %"


def render(found: Comparing) -> str:
    """Return the result as text."""
    return "\n".join([*map(visible, lines(found)), ""])


def lines(found: Comparing) -> Iterator[str]:
    """Go through the result line by line."""
    yield f"{found.suite.name}: left {found.left.base_url}, right {found.right.base_url}"
    yield ""
    width = max((len(each) for each in found.tallies), default=0)
    for operation, tally in found.tallies.items():
        yield f"{operation:<{width}}  {fidelity(tally):>7}  {numbers(tally)}"
    for each in found.partings.values():
        yield from of_parting(each)
    yield ""
    yield from (f"accepted, but not seen any more: {each.reason}" for each in unused(found))
    if found.trouble:
        yield f"ended early: {in_one_line(found.trouble)}"
    yield f"fidelity {fidelity(total(found))}: {numbers(total(found))}"


def numbers(tally: Tally) -> str:
    """Return what became of the requests in words."""
    unreachable = f", {tally.unreachable} could not be sent" if tally.unreachable else ""
    return f"{tally.agreed} of {tally.compared} replies agree{unreachable}"


def of_parting(parting: Parting) -> Iterator[str]:
    """Write one difference with its evidence."""
    found = parting.difference
    place = f" at {in_one_line(found.place)}" if found.place else ""
    yield ""
    yield f"{parting.operation}: {found.kind}{place}: {in_one_line(found.change)} ({parting.times} times)"
    if parting.accepted:
        yield f"    accepted: {parting.accepted}"
    else:
        yield from (f"    {line}" for line in parting.evidence)


def to_json(found: Comparing) -> str:
    """Return the result as JSON text."""
    return json.dumps(document(found), indent=2) + "\n"


def document(found: Comparing) -> dict[str, Any]:
    """Return the result as plain data."""
    return {
        "api": found.suite.name,
        "left": found.left.base_url,
        "right": found.right.base_url,
        "exit_status": exit_status(found),
        "trouble": found.trouble,
        "total": of_tally(total(found)),
        "operations": {name: of_tally(tally) for name, tally in found.tallies.items()},
        "differences": [of_difference(each) for each in found.partings.values()],
        "not_seen": [each.reason for each in unused(found)],
    }


def of_tally(tally: Tally) -> dict[str, Any]:
    """Return the counts of an operation as plain data."""
    share = tally.agreed / tally.compared if tally.compared else None
    return {
        "compared": tally.compared,
        "agreed": tally.agreed,
        "unreachable": tally.unreachable,
        "fidelity": share,
    }


def of_difference(parting: Parting) -> dict[str, Any]:
    """Return a difference as plain data."""
    return {
        "operation": parting.operation,
        "kind": parting.difference.kind,
        "place": parting.difference.place,
        "left": parting.difference.left,
        "right": parting.difference.right,
        "times": parting.times,
        "accepted": parting.accepted,
        "evidence": list(parting.evidence),
    }
