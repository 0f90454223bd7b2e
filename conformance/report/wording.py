"""The words and signs that all forms of a report share, so that none says it otherwise."""

from collections import Counter

from conformance.requirement import Requirement
from conformance.result import Report, Result
from conformance.verdict import Verdict

CONCLUSIONS = {0: "conforms", 1: "does not conform", 2: "could not be judged"}
PARTLY = "was not judged whole"
FATES = {
    Verdict.PASS: "kept",
    Verdict.KNOWN_FAILURE: "known as broken",
    Verdict.INCONCLUSIVE: "never reached",
    Verdict.SKIP: "skipped",
}
MEANINGS = {
    Verdict.PASS: "holds",
    Verdict.KNOWN_FAILURE: "broken, as the baseline says",
    Verdict.SKIP: "does not apply to this deployment, or was left out",
    Verdict.INCONCLUSIVE: "the situation it speaks of was never reached",
    Verdict.ERROR: "the suite or the network failed; nothing is known",
    Verdict.UNEXPECTED_PASS: "holds, although the baseline says it is broken",
    Verdict.FAIL: "broken",
}
SIGNS = {
    Verdict.PASS: "✓",
    Verdict.KNOWN_FAILURE: "≈",
    Verdict.SKIP: "-",
    Verdict.INCONCLUSIVE: "?",
    Verdict.ERROR: "!",
    Verdict.UNEXPECTED_PASS: "+",
    Verdict.FAIL: "✗",
}


def conclusion(report: Report) -> str:
    """Return the one sentence about the deployment; where nothing counts against it, also what that leaves
    open.
    """
    found = of_those_that_count(report)
    said = f"{report.api} {standing(report)}"
    if report.exit_status or set(found) == {Verdict.PASS}:
        return said
    fates = ", ".join(f"{found[verdict]} {fate}" for verdict, fate in FATES.items() if found[verdict])
    return f"{said}: of {found.total()} requirements {fates}"


def standing(report: Report) -> str:
    """Return the conclusion in the fewest words: whoever was not seen in every situation conforms to nothing
    yet.
    """
    if report.exit_status == 0 and of_those_that_count(report)[Verdict.INCONCLUSIVE]:
        return PARTLY
    return CONCLUSIONS[report.exit_status]


def tone(report: Report) -> int:
    """Return the exit status whose colour a conclusion has: 2 also where not all was judged."""
    return 2 if standing(report) == PARTLY else report.exit_status


def of_those_that_count(report: Report) -> Counter[Verdict]:
    """Return how many of the requirements that count have which verdict; all, where none counts."""
    counting = [each for each in report.results if each.requirement.level.counts_at(report.level)]
    return Counter(each.verdict for each in counting or report.results)


def counts(report: Report) -> str:
    """Return how many requirements have which verdict, those that occur."""
    found = ", ".join(f"{count} {verdict}" for verdict, count in report.counts.items() if count)
    return found or "nothing examined"


def ceiling(report: Report) -> str:
    """Return how many requirements could be judged at all."""
    return (
        f"{report.reached} of {len(report.results)} examined requirements could be judged; "
        f"the catalogue has {report.catalogue}"
    )


def reach(report: Report) -> str:
    """Return how much of the contract the requests reached."""
    uses = [each for found in report.parameters.values() for each in found.values()]
    met = [each for found in report.constraints.values() for each in found.values()]
    answered = sum(1 for statuses in report.coverage.values() if statuses)
    both = sum(1 for each in met if each["kept"] and each["broken"])
    return (
        f"answered: {answered} of {len(report.coverage)} operations; "
        f"sent: {sum(1 for each in uses if each['sent'])} of {len(uses)} parameters; "
        f"kept and broken: {both} of {len(met)} constraints"
    )


def untested(report: Report) -> list[str]:
    """Return the operations of which the run tested nothing."""
    return [name for name, statuses in report.coverage.items() if not statuses]


def source(requirement: Requirement) -> str:
    """Return what the requirement rests on."""
    return f"{requirement.origin.kind}: {requirement.origin.text}"


def replay(report: Report, result: Result) -> str:
    """Return the command that examines this requirement alone again."""
    return f"{report.command} --only {result.requirement.id}" if report.command else ""


def remark(result: Result) -> str:
    """Return what a result says beside what was expected and got, as that a baseline knows of it.

    The reason of a failure of which nothing else is to be said begins with what was expected.
    """
    return "" if result.expected and result.reason.startswith("expected ") else result.reason


def brief(result: Result) -> str:
    """Return in one line why a result is as it is."""
    told = f"expected {result.expected}, got {result.got}" if result.expected else ""
    return ". ".join(filter(None, (remark(result), told)))


def told_whole(report: Report) -> list[Result]:
    """Return the results that have a story to tell: what was broken, whether or not it counts."""
    whole = (Verdict.FAIL, Verdict.KNOWN_FAILURE, Verdict.UNEXPECTED_PASS)
    broken = [each for each in report.results if each.verdict in whole]
    return sorted(broken, key=lambda each: not report.counts_against(each))
