"""Reads a JSON report back, so that it can be merged, compared and written in other forms."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs

from conformance.profile import Profile
from conformance.report.json import SCHEMA_VERSION, schema
from conformance.requirement import Level, Requirement, Tier
from conformance.result import Change, Report, Residue, Result
from conformance.suite import Suite
from conformance.timeline import Step
from conformance.verdict import Verdict


class Unreadable(Exception):
    """The file is no report that this version can read; the message names the file and says why."""


def read(path: Path, suite_of: Callable[[str], Suite]) -> Report:
    """Return the report of a file; `suite_of` gives the suite of an API, or raises KeyError.

    Raises:
        Unreadable: naming the file and the reason.
    """
    try:
        document = json.loads(path.read_text("utf-8"))
    except OSError as reason:
        raise Unreadable(f"{path}: cannot be read: {reason.strerror}") from reason
    except ValueError as reason:
        raise Unreadable(f"{path}: is not JSON: {reason}") from reason
    problem = next(iter(jsonschema_rs.validator_for(schema()).iter_errors(document)), None)
    if problem:
        where = "/".join(map(str, problem.instance_path)) or "the document"
        raise Unreadable(f"{path}: is no report of schema {SCHEMA_VERSION}: {where}: {problem.message}")
    try:
        return report(document, suite_of(document["api"]))
    except KeyError as reason:
        raise Unreadable(f"{path}: is of another version of the suite: {reason.args[0]}") from reason


def report(document: dict[str, Any], suite: Suite) -> Report:
    """Return the report that the plain data describes.

    Raises:
        KeyError: the suite has no requirement of that id.
    """
    return Report(
        api=document["api"],
        target=document["target"],
        tier=Tier(document["tier"]),
        level=Level(document["level"]),
        seed=document["seed"],
        results=tuple(result(each, suite.find(each["id"])) for each in document["results"]),
        catalogue=document["ceiling"]["catalogue"],
        coverage=document["coverage"],
        requests=document["requests"],
        duration=document["duration"],
        residue=tuple(Residue(**each) for each in document["residue"]),
        transitions=document["transitions"],
        interrupted=document["interrupted"],
        command=document["command"],
        shard=document["shard"],
        changes=tuple(change(**each) for each in document["changes"]),
        parameters=document["parameters"],
        constraints=document["constraints"],
        profile=Profile(**document["profile"]) if document["profile"] else None,
    )


def result(document: dict[str, Any], requirement: Requirement) -> Result:
    """Return the result that the plain data describes."""
    return Result(
        requirement,
        Verdict(document["verdict"]),
        reason=document["reason"],
        expected=document["expected"],
        got=document["got"],
        reproduce=tuple(document["reproduce"]),
        timeline=tuple(Step(**each) for each in document["timeline"]),
    )


def change(id: str, before: str | None, now: str | None) -> Change:  # noqa: A002  # the name in the report
    """Return the change of a verdict."""
    return Change(id, Verdict(before) if before else None, Verdict(now) if now else None)
