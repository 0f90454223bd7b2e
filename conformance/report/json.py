"""The report for programs; its form is published in `report.schema.json` beside this module."""

import json
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Any

from conformance.profile import Profile
from conformance.report.characters import HARMFUL
from conformance.requirement import Requirement
from conformance.result import Report, Result

SCHEMA_VERSION = "1.0"


def render(report: Report) -> str:
    """Return the report as JSON text, with escapes for what could steer a terminal that shows it."""
    text = json.dumps(document(report), indent=2, ensure_ascii=False)
    return HARMFUL.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def schema() -> dict[str, Any]:
    """Return the published JSON Schema of the report."""
    text = files("conformance.report").joinpath("report.schema.json").read_text("utf-8")
    published: dict[str, Any] = json.loads(text)
    return published


def document(report: Report) -> dict[str, Any]:
    """Return the report as plain data."""
    return {
        "schema_version": SCHEMA_VERSION,
        "suite_version": suite_version(),
        "api": report.api,
        "target": report.target,
        "tier": report.tier.value,
        "level": report.level.value,
        "seed": report.seed,
        "verdict": report.verdict.value,
        "exit_status": report.exit_status,
        "ceiling": {
            "catalogue": report.catalogue,
            "examined": len(report.results),
            "judged": report.reached,
        },
        "counts": {verdict.value: count for verdict, count in report.counts.items()},
        "coverage": report.coverage,
        "parameters": report.parameters,
        "constraints": report.constraints,
        "transitions": report.transitions,
        "requests": report.requests,
        "duration": report.duration,
        "interrupted": report.interrupted,
        "command": report.command,
        "profile": of_profile(report.profile),
        "shard": report.shard,
        "changes": [asdict(each) for each in report.changes],
        "residue": [asdict(each) for each in report.residue],
        "results": [of_result(each) for each in report.results],
    }


def of_profile(profile: Profile | None) -> dict[str, Any] | None:
    """Return the profile that was used as plain data."""
    if profile is None:
        return None
    return {
        **asdict(profile),
        "does_not_apply": dict(profile.does_not_apply),
        "settings": dict(profile.settings),
    }


def of_result(result: Result) -> dict[str, Any]:
    """Return one result as plain data."""
    return {
        **of_requirement(result.requirement),
        "verdict": result.verdict.value,
        "reason": result.reason,
        "expected": result.expected,
        "got": result.got,
        "reproduce": list(result.reproduce),
        "timeline": [asdict(each) for each in result.timeline],
    }


def of_requirement(requirement: Requirement) -> dict[str, Any]:
    """Return an entry of the catalogue as plain data."""
    return {
        "id": requirement.id,
        "level": requirement.level.value,
        "origin": requirement.origin.kind,
        "source": requirement.origin.text,
        "statement": requirement.statement,
        "operations": list(requirement.operations),
        "features": list(requirement.features),
        "actors": list(requirement.actors),
    }


def suite_version() -> str:
    """Return the version of the installed distribution."""
    try:
        return version("session-contracts")
    except PackageNotFoundError:
        return "unknown"
