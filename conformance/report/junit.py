"""The report as JUnit XML: one test case for each requirement.

What does not count against the deployment is `skipped` with its reason, never passed.
"""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from conformance.report.wording import brief, conclusion, source
from conformance.result import Report, Result
from conformance.verdict import Verdict


def render(report: Report) -> str:
    """Return the report as XML text."""
    suites = Element("testsuites", name="conformance")
    cases = [case(report, each) for each in report.results]
    suite = SubElement(
        suites,
        "testsuite",
        name=f"conformance.{report.api}",
        tests=str(len(cases)),
        failures=str(sum(each.find("failure") is not None for each in cases)),
        errors=str(sum(each.find("error") is not None for each in cases)),
        skipped=str(sum(each.find("skipped") is not None for each in cases)),
        time=f"{report.duration:.3f}",
    )
    add_properties(suite, properties(report))
    suite.extend(cases)
    indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suites, "unicode")}\n'


def properties(report: Report) -> dict[str, str]:
    """Return what holds for the run as a whole."""
    return {
        "target": report.target,
        "tier": report.tier.value,
        "level": report.level.value,
        "seed": str(report.seed),
        "verdict": report.verdict.value,
        "conclusion": conclusion(report),
    }


def case(report: Report, result: Result) -> Element:
    """Return the test case of a requirement."""
    requirement = result.requirement
    topic = requirement.id.rpartition("-")[0]
    found = Element(
        "testcase", classname=f"{report.api}.{topic}", name=f"{requirement.id} {requirement.statement}"
    )
    facts = {
        "level": requirement.level.value,
        "origin": requirement.origin.kind,
        "verdict": result.verdict.value,
    }
    add_properties(found, facts)
    outcome(found, report, result)
    return found


def outcome(found: Element, report: Report, result: Result) -> None:
    """Add how the examination ended, unless it passed."""
    if result.verdict is Verdict.PASS:
        return
    if report.counts_against(result):
        broken = SubElement(found, "failure", type=result.verdict.value, message=message(result))
        broken.text = story(result)
    elif result.verdict is Verdict.ERROR:
        SubElement(found, "error", type="error", message=result.reason)
    else:
        SubElement(found, "skipped", message=f"{result.verdict}: {message(result)}")


def message(result: Result) -> str:
    """Return the result in one line."""
    return brief(result) or result.requirement.statement


def story(result: Result) -> str:
    """Return what the failure rests on and how to see it."""
    return "\n".join([result.requirement.statement, source(result.requirement), "", *result.reproduce])


def add_properties(element: Element, named: dict[str, str]) -> None:
    """Add properties to a suite or a case."""
    holder = SubElement(element, "properties")
    for name, value in named.items():
        SubElement(holder, "property", name=name, value=value)
