"""Known failures of a deployment: each with its reason, a link and the day until which it is put up with.

They are still examined. One that holds again, or whose day has passed, makes the run fail.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from conformance.result import Report, Result
from conformance.target_values import TargetError, known_keys, string, toml
from conformance.verdict import Verdict

KEYS = ("requirement", "reason", "link", "expires")
GRACE = timedelta(days=90)
UNEXPLAINED = "not yet explained"
HEAD = "# Known failures: still examined; one that passes, or has expired, fails the run.\n"


@dataclass(frozen=True, slots=True)
class Known:
    """A requirement that a deployment is known to break."""

    requirement: str
    reason: str
    expires: date
    link: str = ""


def read(path: Path, requirements: Iterable[str]) -> tuple[Known, ...]:
    """Read a baseline file for a suite with these requirements.

    Raises:
        TargetError: naming the file, the key and the reason.
    """
    document, ids = toml(path), set(requirements)
    try:
        return tuple(entry(f"known[{number}]", each, ids) for number, each in enumerate(listed(document), 1))
    except TargetError as problem:
        raise TargetError(f"{path}: {problem.key}", problem.reason) from problem


def listed(document: Mapping[str, Any]) -> list[Any]:
    """Return the entries of a parsed baseline."""
    known_keys("", document, ("known",))
    found = document.get("known", [])
    if not isinstance(found, list):
        raise TargetError("known", "must be a list of tables, each written [[known]]")
    return found


def entry(key: str, given: Any, requirements: set[str]) -> Known:
    """Return one known failure."""
    if not isinstance(given, dict):
        raise TargetError(key, "must be a table, written [[known]]")
    known_keys(key, given, KEYS)
    for needed in ("requirement", "reason", "expires"):
        if needed not in given:
            raise TargetError(f"{key}.{needed}", "is missing")
    if given["requirement"] not in requirements:
        raise TargetError(f"{key}.requirement", f"no requirement is called {given['requirement']!r}")
    if type(given["expires"]) is not date:
        raise TargetError(f"{key}.expires", f"must be a day like 2027-01-31, not {given['expires']!r}")
    texts = {name: string(f"{key}.{name}", given.get(name, "")) for name in ("reason", "link")}
    return Known(given["requirement"], expires=given["expires"], **texts)


def applied(report: Report, baseline: Sequence[Known], today: date) -> Report:
    """Return the report in the light of what is known."""
    by_id = {each.requirement: each for each in baseline}
    results = (
        judged(each, by_id[each.requirement.id], today) if each.requirement.id in by_id else each
        for each in report.results
    )
    return replace(report, results=tuple(results))


def judged(result: Result, known: Known, today: date) -> Result:
    """Return the result of a requirement that is known to be broken."""
    why = f"{known.reason}{f' ({known.link})' if known.link else ''}"
    if result.verdict is Verdict.PASS:
        reason = f"it holds again: take it out of the baseline, which says: {why}"
        return replace(result, verdict=Verdict.UNEXPECTED_PASS, reason=reason)
    if result.verdict is not Verdict.FAIL:
        return result
    if known.expires < today:
        return replace(result, reason=f"known until {known.expires}, which has passed: {why}")
    return replace(result, verdict=Verdict.KNOWN_FAILURE, reason=f"known until {known.expires}: {why}")


def updated(report: Report, baseline: Sequence[Known], today: date) -> tuple[Known, ...]:
    """Return the baseline with what fails now and was not known, without what holds again.

    What was not examined, or could not be judged, stays as it is.
    """
    verdicts = {each.requirement.id: each.verdict for each in report.results}
    kept = [each for each in baseline if verdicts.get(each.requirement) is not Verdict.PASS]
    names = {each.requirement for each in kept}
    failed = [id_ for id_, verdict in verdicts.items() if verdict is Verdict.FAIL and id_ not in names]
    return (*kept, *(Known(id_, UNEXPLAINED, today + GRACE) for id_ in failed))


def text(baseline: Sequence[Known]) -> str:
    """Return the baseline as a file."""
    return HEAD + "".join(f"\n{block(each)}" for each in baseline)


def block(known: Known) -> str:
    """Return one known failure as TOML."""
    texts = {"requirement": known.requirement, "reason": known.reason}
    texts |= {"link": known.link} if known.link else {}
    lines = [f"{name} = {json.dumps(text)}" for name, text in texts.items()]
    return "\n".join(["[[known]]", *lines, f"expires = {known.expires.isoformat()}", ""])
