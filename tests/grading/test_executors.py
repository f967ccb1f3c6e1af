"""A class is graded on a cluster as it is at home, whoever of the cluster is lost meanwhile."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.grading import executors
from grader.grading.executors import grade_bytes, grade_on_cluster, runner_for
from grader.model.attempt import Verdict
from tests.grading.test_afar import plan_for

distributed = pytest.importorskip("distributed", reason="needs distributed: pip install distributed")
pytestmark = pytest.mark.filterwarnings("default::ResourceWarning", "default::pytest.PytestUnraisableExceptionWarning")
WORKERS = 3


@dataclass(frozen=True)
class Cluster:
    """A scheduler and workers, each a process of its own."""

    address: str
    workers: dict[str, subprocess.Popen[str]]

    def kill_a_busy_one(self) -> None:
        """Without warning, one that has something to do."""
        with distributed.Client(self.address, set_as_default=False) as client:
            busy = next(address for address, keys in client.processing().items() if keys)
        os.killpg(self.workers[busy].pid, signal.SIGKILL)


@contextlib.contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A command of dask, ended with all its children."""
    with subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:], "--no-dashboard"],
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def told(process: subprocess.Popen[str], pattern: str) -> str:
    """What it says of itself when it is ready."""
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(pattern, line):
            return found[1]
    pytest.fail("it ended before it was ready")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Three workers without a nanny: one that is killed is gone."""
    with contextlib.ExitStack() as stack:
        scheduler = stack.enter_context(started("dask_scheduler", "--host", "127.0.0.1", "--port", "0"))
        place = told(scheduler, r"Scheduler at:\s+tcp://(\S+)")
        ours = [
            stack.enter_context(started("dask_worker", f"tcp://{place}", "--nthreads", "1", "--no-nanny"))
            for _ in range(WORKERS)
        ]
        workers = {told(worker, r"Start worker at:\s+(\S+)"): worker for worker in ours}
        for worker in ours:
            told(worker, r"Registered to:\s+(\S+)")
        yield Cluster(address=f"tcp://{place}", workers=workers)


def test_workers_are_asked_before_anything_is_sent(
    tiny_course: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version is refused by name, with what to install."""
    monkeypatch.setattr(executors, "__version__", "9.9.9")

    with pytest.raises(UsageError, match=r"tcp://127.0.0.1:\d+ has version .*, this is 9.9.9") as refused:
        list(grade_on_cluster([plan_for(tiny_course, b"x = 1\n")], cluster.address))
    assert "'ipc-grader[cluster]==9.9.9'" in str(refused.value.hint)


def test_a_lost_worker_loses_nothing(tiny_course: Path, cluster: Cluster) -> None:
    """One is killed while all are busy: its attempt is made by another, and each file gets its own verdict."""
    programs = [(tiny_course / "submissions" / f"{name}.py").read_bytes() for name in ("passes", "crashes")]
    broken = [f"def f{number}(:\n".encode() for number in range(6)]
    plans = [plan_for(tiny_course, source) for source in (*broken[:3], *programs, *broken[3:])]
    running = grade_on_cluster(plans, cluster.address)
    first = next(running)
    cluster.kill_a_busy_one()
    came = dict([first, *running])
    verdicts = [getattr(came[number], "verdict", came[number]) for number in sorted(came)]

    ungradable = [Verdict.UNGRADABLE] * 3
    assert verdicts == [*ungradable, Verdict.ACCEPTED, Verdict.PARTIAL, *ungradable]


class Done:
    """A future that has come to its end."""

    def __init__(self, status: str, answer: bytes = b"") -> None:
        self.status, self.answer = status, answer

    def result(self) -> bytes:
        """What came of it."""
        return self.answer

    def exception(self) -> Exception:
        """Why nothing did."""
        return RuntimeError("the worker died while running it")


def test_what_kills_its_process_again_and_again_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not graded, and the others go on; only a lost scheduler ends the whole."""
    monkeypatch.setattr(sys, "executable", "/bin/false")
    ended = executors._outcome(Done("finished", grade_bytes(b"poison")), "tcp://x")
    killed = executors._outcome(Done("error"), "tcp://x")

    assert (str(ended), "the worker died" in str(killed)) == ("the process of an attempt ended early", True)
    with pytest.raises(UsageError, match="the scheduler at tcp://x is gone"):
        executors._outcome(Done("cancelled"), "tcp://x")


@pytest.mark.parametrize(
    ("executor", "said"),
    [
        ("ray://x:1", "there is no executor"),
        ("dask", "there is no executor"),
        ("dask://127.0.0.1:1", "no scheduler answers"),
    ],
)
def test_where_nobody_is_is_told(executor: str, said: str, tiny_course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the way out."""
    monkeypatch.setattr(executors, "PATIENCE", 1.0)

    with pytest.raises(UsageError, match=said) as refused:
        list(runner_for(executor, 1)([plan_for(tiny_course, b"x = 1\n")]))
    assert refused.value.hint
