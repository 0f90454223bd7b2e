"""What the pytest plugin runs: an item for each requirement, and the examination they share."""

import os
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conformance import apis, runner, target_file
from conformance.cli import fault
from conformance.options import Options
from conformance.outcome import Broken
from conformance.report.characters import of_result
from conformance.report.wording import source
from conformance.requirement import Level, Requirement, Tier
from conformance.result import Result
from conformance.serving import CannotServe, served
from conformance.suite import Suite
from conformance.target import Target, url_problem
from conformance.target_values import TargetError
from conformance.verdict import Verdict

MARKERS = {
    "must": "a requirement of level MUST",
    "should": "a requirement of level SHOULD",
    "may": "a requirement of level MAY",
    "documented": "a requirement that rests on the vendor's words",
    "assumed": "a requirement that rests on our choice where the vendor is silent",
    "generated": "a requirement examined with requests made up from the contract",
    "xdist_group(name)": "what one process runs, with --dist loadgroup",
}


class Examination:
    """One deployment under examination in this process; generated requests are sent once for all items."""

    def __init__(self, suite: Suite, target: Target | None, options: Options) -> None:
        self.suite = suite
        self.options = options
        self._target = target
        self._stack = ExitStack()
        self._generated: dict[str, Result] = {}

    def result(self, requirement: Requirement) -> Result:
        """Examine a requirement."""
        if requirement.check:
            return runner.run_requirement(self.suite, requirement.id, self.target, self.options)
        if not self._generated:
            ids = tuple(each.id for each in self.suite.of_tier(self.options.tier) if each.findings)
            report = runner.run(self.suite, self.target, replace(self.options, only=ids))
            self._generated = {each.requirement.id: each for each in report.results}
        return self._generated[requirement.id]

    @property
    def target(self) -> Target:
        """The deployment; the mock is started when it is needed first."""
        if self._target is None:
            self._target = self._stack.enter_context(served(self.suite.name, self.options.seed))
        return self._target

    def end(self) -> None:
        """End what was started."""
        self._stack.close()


class Requirements:
    """The plugin proper, registered where an API is named."""

    def __init__(self, config: pytest.Config) -> None:
        target = target_of(config)
        options = Options(
            tier=tier_of(config, target),
            level=Level(config.getoption("--conformance-level").upper()),
            seed=config.getoption("--conformance-seed"),
            quick=config.getoption("--conformance-quick"),
        )
        self.examination = Examination(suite_of(config), target, options)
        for name, meaning in MARKERS.items():
            config.addinivalue_line("markers", f"{name}: {meaning}")

    @pytest.hookimpl(tryfirst=True)  # before -k and -m choose
    def pytest_collection_modifyitems(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        """Add the items."""
        items += Catalogue.from_parent(session, name="conformance", examination=self.examination).collect()

    def pytest_unconfigure(self) -> None:
        """End what was started."""
        self.examination.end()


class Catalogue(pytest.Collector):
    """The requirements of the tier, in their order."""

    def __init__(self, *, examination: Examination, **named: Any) -> None:
        super().__init__(**named)
        self.examination = examination

    def collect(self) -> list[pytest.Item]:
        """Return an item for each requirement."""
        return [
            RequirementItem.from_parent(self, name=each.id, requirement=each)
            for each in self.examination.suite.of_tier(self.examination.options.tier)
        ]


class NotConforming(Exception):
    """The deployment broke the requirement."""


class CannotJudge(Exception):
    """The suite or the network failed, so nothing is known about the deployment."""


class RequirementItem(pytest.Item):
    """One requirement; examined in the set-up, so that an error of ours is no failure."""

    def __init__(self, *, requirement: Requirement, **named: Any) -> None:
        super().__init__(**named)
        self.requirement = requirement
        self.add_marker(requirement.level.lower())
        self.add_marker(requirement.origin.kind)
        if requirement.findings:
            self.add_marker("generated")
            self.add_marker(pytest.mark.xdist_group("conformance-generated"))

    def setup(self) -> None:
        """Examine the requirement."""
        assert isinstance(self.parent, Catalogue)
        self.level = self.parent.examination.options.level
        self.result = of_result(examined(self.parent.examination, self.requirement))
        self.user_properties += [
            ("level", self.requirement.level.value),
            ("verdict", self.result.verdict.value),
        ]
        if self.result.verdict is Verdict.ERROR:
            raise CannotJudge(self.result.reason)

    def runtest(self) -> None:
        """Turn the verdict into pytest's outcome: what could not be judged is skipped, never passed."""
        verdict = self.result.verdict
        if verdict in (Verdict.SKIP, Verdict.INCONCLUSIVE):
            pytest.skip(f"{verdict}: {self.result.reason}")
        if verdict is Verdict.FAIL:
            if not self.requirement.level.counts_at(self.level):
                pytest.xfail(f"{self.requirement.level}, does not count: {self.result.reason}")
            raise NotConforming(story(self.result))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the story of a failure, without the plugin's own frames."""
        if isinstance(excinfo.value, NotConforming | CannotJudge):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the headline."""
        return self.path, None, f"{self.requirement.id} {self.requirement.statement}"


def examined(examination: Examination, requirement: Requirement) -> Result:
    """Examine a requirement.

    Raises:
        CannotJudge: the suite or the network failed; a traceback would show, and cut, what a server said.
    """
    try:
        return examination.result(requirement)
    except (Broken, CannotServe) as reason:
        raise CannotJudge(str(reason)) from None
    except Exception as reason:  # noqa: BLE001  # see above
        raise CannotJudge(fault(reason)) from None


def story(result: Result) -> str:
    """Return what a failure rests on, what came, and how to see it."""
    told = [result.requirement.statement, source(result.requirement)]
    told += [f"expected  {result.expected}", f"got       {result.got}", "see it with"]
    return "\n".join([*told, *(f"    {line}" for line in result.reproduce)])


def suite_of(config: pytest.Config) -> Suite:
    """Return the suite that the flag names."""
    api = config.getoption("--conformance")
    if api not in apis.NAMES:
        raise pytest.UsageError(f"--conformance: there is no API {api!r}; there are {', '.join(apis.NAMES)}")
    return apis.suite(api)


def target_of(config: pytest.Config) -> Target | None:
    """Return the deployment that the flags name, or None for the mock."""
    file, url = config.getoption("--conformance-target"), config.getoption("--conformance-url")
    if file:
        try:
            return target_file.read(Path(file), config.getoption("--conformance"), os.environ)
        except TargetError as reason:
            raise pytest.UsageError(f"--conformance-target: {reason}") from reason
    if not url:
        return None
    target = Target(url.rstrip("/"))
    problem = url_problem(url) or ("use a target file with `consent = true`" if target.foreign else "")
    if problem:
        raise pytest.UsageError(f"--conformance-url: {problem}")
    return target


def tier_of(config: pytest.Config, target: Target | None) -> Tier:
    """Return the tier: the mock is held to every choice, others to the document."""
    default = Tier.DOCUMENTED if target else Tier.FULL
    return Tier(config.getoption("--conformance-tier") or default)
