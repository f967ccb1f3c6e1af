"""The examiner: a process of its own that runs pytest with the hidden suite, for one attempt.

`python -I -m grader.suite.run JOURNAL_FD REPORT` with the plan on standard input. It never imports the submission.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import pytest

from grader.errors import CourseError, GraderError, UsageError
from grader.model.message import say
from grader.model.plan import Plan
from grader.sandbox.detect import detect
from grader.suite.boxes import Boxes
from grader.suite.journal import Journal
from grader.suite.plugin import ExaminerPlugin
from grader.texts import sentence, told, way_out
from grader.wire import load

# Plugins of pytest that no suite has a use for: looking through each of them costs every attempt some milliseconds.
UNUSED = (
    "cacheprovider",
    "doctest",
    "faulthandler",
    "junitxml",
    "pastebin",
    "setuponly",
    "setupplan",
    "stepwise",
    "subtests",
    "unittest",
)


def main(arguments: list[str]) -> int:
    """Run the plan that comes on standard input; the journal says what came out."""
    journal = Journal(int(arguments[0]))
    os.set_inheritable(int(arguments[0]), False)
    sys.dont_write_bytecode = True
    gc.freeze()  # what was imported is here to stay: the collector need not look at it again and again
    try:
        plan = load(sys.stdin.buffer.read(), Plan)
        examine(plan, journal, arguments[1])
    except CourseError as error:
        journal.course_error(sentence(error.message), way_out(error))
        return 2
    except UsageError as error:
        journal.usage_error(sentence(error.message), way_out(error))
        return 2
    except GraderError as error:
        journal.fault(told(error))
        return 5
    return 0


def examine(plan: Plan, journal: Journal, report: str) -> None:
    """Run the suite with pytest; raises CourseError or GraderFault."""
    scenarios = (plan.exercise.suite / "scenarios.py").read_bytes()
    files = {"suite/scenarios.py": scenarios, f"sub/{plan.exercise.file_name}": plan.submission.source}
    isolation = detect(plan.demanded)
    boxes = Boxes(isolation, files, plan.exercise.limits, plan.python, plan.slots)
    plugin = ExaminerPlugin(plan, boxes, journal)
    try:
        journal.setting(isolation, boxes.python)
        _pytest(plan.exercise.suite, plugin, report)
        journal.complete()
    finally:
        boxes.refuse()
        plugin.close()
        boxes.close()


def _pytest(suite: Path, plugin: ExaminerPlugin, report: str) -> None:
    options = [
        str(suite),
        "-c",
        os.devnull,
        f"--rootdir={suite}",
        "-q",
        "--noconftest",
        "--capture=no",
        *(word for name in UNUSED for word in ("-p", f"no:{name}")),
    ]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # nobody else's plugin has a say here
    if report:
        options += ["-p", "pytest_jsonreport.plugin", "--json-report", f"--json-report-file={report}"]
        options += ["--json-report-omit", "log", "streams", "keywords"]
    status = pytest.ExitCode(pytest.main(options, plugins=[plugin]))
    if plugin.mistake:
        raise plugin.mistake
    if status in (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED):
        said = say("{suite}: pytest could not run the suite ({status})", suite=str(suite), status=status.name)
        raise CourseError(said)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
