"""What is not as it was in an earlier run."""

from collections.abc import Iterator

from conformance.result import Change, Report


def since(earlier: Report, now: Report) -> Iterator[Change]:
    """Go through the requirements whose verdict has changed, in the order of the new report."""
    before = {each.requirement.id: each.verdict for each in earlier.results}
    after = {each.requirement.id: each.verdict for each in now.results}
    for id_ in dict.fromkeys([*after, *before]):
        if before.get(id_) is not after.get(id_):
            yield Change(id_, before.get(id_), after.get(id_))
