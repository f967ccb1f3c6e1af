"""The pytest plugin of the examiner: fixtures for suites, and one journal line per check."""

from __future__ import annotations

import traceback
from collections.abc import Generator
from pathlib import Path
from typing import NoReturn

import pytest

from grader.errors import CourseError, GraderFault
from grader.model.attempt import CheckResult, Evidence, Outcome
from grader.model.exercise import Check
from grader.model.message import Message, say
from grader.model.plan import Plan
from grader.suite.boxes import Boxes
from grader.suite.explore import Explore
from grader.suite.failure import CheckStopped
from grader.suite.journal import Journal
from grader.suite.places import Place, places
from grader.suite.program import Program
from grader.suite.retrace import Retracing
from grader.suite.running import Ahead, Running
from grader.texts import told

PREFIX = "test_"


class ExaminerPlugin:
    """Runs the declared checks in their order; knows the outcome of each."""

    def __init__(self, plan: Plan, boxes: Boxes, journal: Journal) -> None:
        self.plan = plan
        self.journal = journal
        self.checks = {check.id: check for check in plan.exercise.checks}
        self.results: dict[str, CheckResult] = {}
        self.mistake: CourseError | GraderFault | None = None
        self._everything: CheckStopped | None = None
        alone = plan.retrace or plan.until_failure
        self._ahead = Ahead(plan.slots) if plan.slots > 1 and not alone else None
        self._running = {
            name: self._made(self.checks[name], place, boxes) for name, place in places(plan.exercise.checks).items()
        }
        self._import = Program(plan, boxes)
        self._current: Running

    def close(self) -> None:
        """End what runs ahead."""
        if self._ahead:
            self._ahead.close()

    @pytest.fixture
    def program(self) -> Program:
        """The student's program, beyond the wall."""
        return self._current.program

    @pytest.fixture
    def explore(self) -> Explore:
        """Every schedule of a scenario within the bound, then free runs."""
        return self._current.explore

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A module of the suite that cannot be imported is the author's to mend, with pytest's own words."""
        if report.failed and self.mistake is None:
            said = report.longreprtext.strip()
            self.mistake = CourseError(
                say(
                    "{exercise}: {module} cannot be collected: {reason}",
                    exercise=self.plan.exercise.slug,
                    module=report.nodeid,
                    reason=said[-1000:],
                )
            )

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """What is raised outside of any check is ours (the disk is full), unless it is known to be the author's."""
        ours = excinfo.value if isinstance(excinfo.value, GraderFault) else None
        self.mistake = (
            self.mistake or ours or GraderFault(say("outside of any check: {reason}", reason=excinfo.exconly()))
        )

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Put the checks into their declared order; declared and collected ones have to be the same."""
        collected = {item.name.removeprefix(PREFIX): item for item in items}
        missing, extra = self.checks.keys() - collected.keys(), collected.keys() - self.checks.keys()
        if missing or extra:
            self.mistake = self.mistake or CourseError(
                say(
                    "{exercise}: declared checks and test functions differ: "
                    "no function for {missing}, not declared {extra}",
                    exercise=self.plan.exercise.slug,
                    missing=str(sorted(missing)),
                    extra=str(sorted(extra)),
                ),
                hint=say("each [[check]] id in exercise.toml needs a function test_<id> in the suite, and vice versa"),
            )
            raise self.mistake
        wanted = [self.plan.retrace.check] if self.plan.retrace else list(self.checks)
        items[:] = [collected[check] for check in wanted]

    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """Import the submission once before all checks: what stops there would stop each of them."""
        episode = self._import.import_only()
        try:
            episode.check()
            episode.main.must_have_answered()
        except CheckStopped as stop:
            stop.facts = ("import-failed", *stop.facts)
            self._everything = stop
            return
        if self._ahead:
            for item in session.items:
                assert isinstance(item, pytest.Function)
                self._ahead.begin(self._of(item), item.obj, item.fixturenames)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Tell that the check begins, and what became of it when it is over."""
        self._current = running = self._of(item)
        check = running.check.id
        self.journal.started(check)
        result = yield
        if check not in self.results:
            self._note(CheckResult(check=check, outcome=Outcome.NOT_RUN, message=say("it was not run")))
        running.program.place.end(passed=False)
        return result

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skip what needs a check that did not pass; stop what the import has stopped."""
        check = self._check(item)
        if self._everything:
            raise self._everything
        if self.plan.until_failure and any(result.outcome.blames_student for result in self.results.values()):
            self._skip(check, say("another check has failed before"))
        for needed in () if self.plan.retrace else check.needs:
            if self.results[needed].outcome is not Outcome.PASSED:
                self._skip(check, say("needs the check {needed}", needed=needed))

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool:
        """Run the check, or take what it came to ahead."""
        if not (self._ahead and self._ahead.has(self._current.check.id)):
            self._current.run(pyfuncitem.obj, pyfuncitem.funcargs)
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport | None:
        """Make a result of what the check came to.

        pytest has to be told of a stop only what it is, and where in the suite: its own account parses all files of the
        traceback, our own, once for each check; for a submission that cannot be imported that was half of the time.
        """
        check = self._check(item)
        error = call.excinfo.value if call.excinfo else None
        if check.id not in self.results and (error is not None or call.when == "call"):
            self._note(_result(self._running[check.id], error))
        if not isinstance(error, CheckStopped) or call.when == "collect":
            return None
        return pytest.TestReport(
            nodeid=item.nodeid,
            location=item.location,
            keywords={},
            outcome="failed",
            longrepr="\n".join([str(error), *_places(error, self.plan.exercise.suite)]),
            when=call.when,
            duration=call.duration,
            start=call.start,
            stop=call.stop,
        )

    def _made(self, check: Check, place: Place, boxes: Boxes) -> Running:
        program, retrace = Program(self.plan, boxes, place), self.plan.retrace
        explore = Retracing(program, retrace.witness) if retrace else Explore(program)
        return Running(check=check, program=program, explore=explore)

    def _of(self, item: pytest.Item) -> Running:
        return self._running[self._check(item).id]

    def _check(self, item: pytest.Item) -> Check:
        return self.checks[item.name.removeprefix(PREFIX)]

    def _skip(self, check: Check, why: Message) -> NoReturn:
        self._note(CheckResult(check=check.id, outcome=Outcome.SKIPPED, message=why))
        pytest.skip(str(why))

    def _note(self, result: CheckResult) -> None:
        self.results[result.check] = result
        self.journal.finished(result)


def _places(error: BaseException, suite: Path) -> list[str]:
    files = ((Path(frame.f_code.co_filename), line) for frame, line in traceback.walk_tb(error.__traceback__))
    return [f"{file.name}:{line}" for file, line in files if file.parent == suite]


def _result(running: Running, error: BaseException | None) -> CheckResult:
    episodes, explore = running.program.episodes, running.explore
    decisive = episodes[-1] if episodes and error is not None else None
    if isinstance(error, CheckStopped) and any(fact.startswith("left-") for fact in error.facts):
        decisive = next(episode for episode in episodes if episode.observation.left_behind)
    methods = tuple(dict.fromkeys(episode.start_method for episode in episodes))
    stop = error if isinstance(error, CheckStopped) else _fault(error)
    witnessed = decisive is not None and decisive.explored and explore.current is decisive
    return CheckResult(
        check=running.check.id,
        outcome=stop.outcome if stop else Outcome.PASSED,
        message=stop.message if stop else None,
        expected=stop.expected if stop else None,
        actual=stop.actual if stop else None,
        duration=running.seconds or 0.0,
        evidence=explore.evidence if explore.outside else Evidence.MEASURED,
        start_method=decisive.start_method if decisive else None,
        start_methods=methods,
        explored=explore.explored,
        witness=explore.witness if witnessed else None,
        observation=decisive.observation if decisive else None,
        left_behind=decisive.observation.left_behind if decisive else (),
        sites=stop.sites if stop else (),
        facts=stop.facts if stop else (),
    )


def _fault(error: BaseException | None) -> CheckStopped | None:
    if error is None:
        return None
    if isinstance(error, GraderFault):
        return CheckStopped(outcome=Outcome.ERROR, message=told(error), facts=("suite-error",))
    message = say("the suite raised {error}: {reason}", error=type(error).__name__, reason=str(error))
    return CheckStopped(outcome=Outcome.ERROR, message=message, facts=("suite-error",))
