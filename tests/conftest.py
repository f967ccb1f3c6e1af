"""What holds for all tests: which folders are no tests, and when a skip is not good enough."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

# Suites of courses and programs of students: material of tests, not tests.
collect_ignore_glob = ["courses/*", "attacks/programs/*", "corpus/programs/*"]

settings.register_profile("patient", deadline=None)  # a busy machine is no failure
settings.load_profile("patient")

REQUIRE_ALL = "IPC_GRADER_REQUIRE_ALL"


def pytest_configure() -> None:
    """Programs of the tests get SIGINT as from a terminal, also where the tests run in the background of a script."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def tiny_course() -> Path:
    """The folder of a course of one exercise, ex90."""
    return Path(__file__).parent / "courses" / "tiny"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything is installed, a test that asks for an installation has failed."""
    report = yield
    _refuse_to_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module that skips itself."""
    report = yield
    _refuse_to_skip(report)
    return report


def _refuse_to_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if not os.environ.get(REQUIRE_ALL) or not report.skipped or not isinstance(report.longrepr, tuple):
        return
    reason = str(report.longrepr[2])
    if reason.startswith("Skipped: needs "):
        report.outcome = "failed"
        report.longrepr = f"{REQUIRE_ALL} is set, but this test was skipped: {reason.removeprefix('Skipped: ')}"
