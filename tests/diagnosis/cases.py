"""For each diagnosis a result that is exactly it, with a near one that is not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from grader.diagnosis.engine import diagnose
from grader.model.attempt import CheckResult, Diagnosis, Outcome
from grader.model.exercise import Check, Exercise, Limits, Platform, StartMethod
from grader.model.message import Words, say
from grader.model.observation import LeftBehind, Observation, Remainder, Stop
from grader.model.witness import Blocked, Step, Witness

WORDS = Words(en="-")
FUNCTION = "work_on"


@dataclass(frozen=True)
class Case:
    """A result that is exactly `code`, and a near one that is not."""

    code: str
    hit: CheckResult
    near: CheckResult
    source: str = ""
    near_source: str | None = None


def exercise(function: str = FUNCTION) -> Exercise:
    """An exercise with one check about one function."""
    check = Check(id="check", title=WORDS, functions=(function,), points=10, goal=WORDS, next_step=WORDS)
    return Exercise(
        id="ex90", slug="tiny", title=WORDS, functions=(function, "other"), checks=(check,), limits=Limits(),
        start_methods=(StartMethod.FORK,), platforms=(Platform.LINUX,), topics=(), folder=Path(), digest="",
    )  # fmt: skip


def failed(*facts: str, **more: object) -> CheckResult:
    """A failed check."""
    return replace(CheckResult(check="check", outcome=Outcome.FAILED, facts=facts), **more)  # type: ignore[arg-type]


def hung(*blocked: Blocked, steps: tuple[Step, ...] = ()) -> CheckResult:
    """A check that ended in a deadlock of these workers."""
    witness = Witness(schedule=(), steps=steps, blocked=blocked)
    return CheckResult(check="check", outcome=Outcome.HUNG, facts=("deadlock",), witness=witness)


def seen(stop: Stop = Stop.ANSWERED, **more: object) -> Observation:
    """What was measured."""
    return replace(Observation(stop=stop), **more)  # type: ignore[arg-type]


def steps(text: str) -> tuple[Step, ...]:
    """Steps from lines like `first read counter 5 @12 waits`; `-` is no value."""
    found = []
    for line in text.strip().splitlines():
        worker, op, resource, value, at, *note = line.split()
        found.append(
            Step(
                worker=worker,
                op=op,
                resource=resource,
                value="" if value == "-" else value,
                line=int(at[1:]) or None,
                note=" ".join(note),
            )
        )
    return tuple(found)


def interleaved(text: str, *facts: str) -> CheckResult:
    """A check that failed over a value after these steps."""
    return failed(*(facts or ("wrong-value",)), witness=Witness(schedule=(), steps=steps(text)))


def waits(worker: str, op: str, resource: str, held_by: str = "", line: int | None = 3) -> Blocked:
    """A worker that waits for ever."""
    return Blocked(worker=worker, op=op, resource=resource, held_by=held_by, line=line)


def explain(case: CheckResult, source: str = "") -> tuple[Diagnosis, ...]:
    """The diagnoses of a result."""
    return diagnose(case, exercise(), source)


LOST = """
first  read  counter 5 @4
second read  counter 5 @4
second write counter 6 @4
first  write counter 6 @4
"""
KEPT = """
first  read  counter 5 @4
first  write counter 6 @4
second read  counter 6 @4
second write counter 7 @4
"""
HALF = """
first  read    counter 5 @4
second read    counter 5 @4
second acquire lock-1 True @5
second write   counter 6 @6
second release lock-1 - @6
first  acquire lock-1 True @5
first  write   counter 6 @6
first  release lock-1 - @6
"""
PRIVATE = """
first  acquire lock-1 True @3
first  read    counter 5 @4
second acquire lock-2 True @3
second read    counter 5 @4
second write   counter 6 @4
second release lock-2 - @4
first  write   counter 6 @4
first  release lock-1 - @4
"""
SHARED = """
first  acquire lock-1 True @3
first  read    counter 5 @4
first  write   counter 6 @4
first  release lock-1 - @4
second acquire lock-1 True @3
second read    counter 6 @4
second write   counter 7 @4
second release lock-1 - @4
"""
TAKEN = "first acquire lock-1 True @3"
TAKEN_AND_LEFT = TAKEN + "\nfirst release lock-1 - @4"
CROSSED = """
first  acquire lock-1 True @3
second acquire lock-2 True @8
first  acquire lock-2 - @4 waits
second acquire lock-1 - @9 waits
"""
LOOKED = """
first  empty queue-1 False @3
second get   queue-1 7 @3
first  get   queue-1 - @4 late
"""
LOOKED_IN_VAIN = """
first  empty queue-1 True @3
first  get   queue-1 - @4 late
"""
LOCKED_JOB = """
def work_on(counter, lock, jobs):
    for job in jobs:
        with lock:
            counter.value += job()
"""
FREE_JOB = """
def work_on(counter, lock, jobs):
    for job in jobs:
        result = job()
        with lock:
            counter.value += result
"""
WITH_LIMIT = """
def work_on(queue, seconds):
    return queue.get()
"""
WITHOUT_LIMIT = """
def work_on(queue):
    return queue.get()
"""
EACH_ANEW = """
def work_on(queue, seconds):
    while True:
        yield queue.get(timeout=seconds)
"""
WHAT_IS_LEFT = """
def work_on(queue, end):
    while True:
        yield queue.get(timeout=end - clock())
"""
STUB = '''
def work_on(queue):
    """Promise something."""
    raise NotImplementedError
'''
PICKLE = "AttributeError: Can't pickle local object 'work_on.<locals>.child'"
TRACEBACK = """
Traceback (most recent call last):
  File "/box/sub/ex90.py", line 7, in work_on
    1 / 0
ZeroDivisionError: division by zero
"""

CASES = (
    Case("lost-update", hit=interleaved(LOST), near=interleaved(KEPT)),
    Case("half-held-lock", hit=interleaved(HALF), near=interleaved(SHARED)),
    Case("private-lock", hit=interleaved(PRIVATE), near=interleaved(SHARED)),
    Case(
        "lock-not-released",
        hit=hung(waits("second", "acquire", "lock-1", "first"), steps=steps(TAKEN)),
        near=hung(waits("second", "get", "queue-1"), steps=steps(TAKEN_AND_LEFT)),
    ),
    Case(
        "lock-taken-twice",
        hit=hung(waits("first", "acquire", "lock-1", "first"), steps=steps(TAKEN)),
        near=hung(waits("second", "acquire", "lock-1", "first"), steps=steps(TAKEN)),
    ),
    Case(
        "lock-order",
        hit=hung(
            waits("first", "acquire", "lock-2", "second"),
            waits("second", "acquire", "lock-1", "first"),
            steps=steps(CROSSED),
        ),
        near=hung(waits("second", "acquire", "lock-1", "first"), steps=steps(TAKEN)),
    ),
    Case("lock-held-during-job", hit=failed("serial"), near=failed("serial"), source=LOCKED_JOB, near_source=FREE_JOB),
    Case(
        "child-left-behind",
        hit=failed("left-process", left_behind=(LeftBehind(kind=Remainder.PROCESS, name="python (31)"),)),
        near=failed("left-file", left_behind=(LeftBehind(kind=Remainder.FILE, name="/box/fifo"),)),
    ),
    Case(
        "shared-memory-left",
        hit=failed(left_behind=(LeftBehind(kind=Remainder.SHARED_MEMORY, name="psm_1"),)),
        near=failed("left-file", left_behind=(LeftBehind(kind=Remainder.FILE, name="/box/fifo"),)),
    ),
    Case(
        "unpicklable-target",
        hit=failed("raised", message=say("it raised {raised}", raised=PICKLE), start_method="spawn"),
        near=failed("raised", message=say("it raised {raised}", raised="ValueError: no pickles")),
    ),
    Case("no-processes", hit=failed("no-processes", "wrong-value", expected=">= 3", actual="1"), near=failed("serial")),
    Case("exception-swallowed", hit=failed("not-raised", expected="queue.Full"), near=failed("raised")),
    Case("missing-function", hit=failed("missing-function"), near=failed("wrong-signature")),
    Case(
        "wrong-type",
        hit=failed("wrong-value", "wrong-type:dict:list", expected="{'a': 0}", actual="[0]"),
        near=failed("wrong-value", expected="{'a': 0}", actual="{'a': 1}"),
    ),
    Case("wrong-signature", hit=failed("wrong-signature"), near=failed("missing-function")),
    Case(
        "import-failed",
        hit=failed("import-failed", actual="NameError: name 'mp' is not defined"),
        near=failed("raised", actual="NameError: name 'mp' is not defined"),
    ),
    Case("printed-output", hit=failed("printed", observation=seen(stdout="hello\n")), near=failed("output-flood")),
    Case(
        "timeout-ignored",
        hit=hung(waits("first", "get", "queue-1")),
        near=hung(waits("first", "get", "queue-1")),
        source=WITH_LIMIT,
        near_source=WITHOUT_LIMIT,
    ),
    Case("gives-up-early", hit=failed("waited-too-short"), near=failed("waited-too-long")),
    Case(
        "timeout-per-item",
        hit=failed("waited-too-long"),
        near=failed("waited-too-long"),
        source=EACH_ANEW,
        near_source=WHAT_IS_LEFT,
    ),
    Case(
        "falsy-item",
        hit=failed("wrong-value", expected="[1, 0, 2]", actual="[1]"),
        near=failed("wrong-value", expected="[1, 0, 2]", actual="[2]"),
    ),
    Case("check-then-act", hit=interleaved(LOOKED), near=interleaved(LOOKED_IN_VAIN)),
    Case(
        "lost-item",
        hit=failed("wrong-value", expected="[1, 2, 3]", actual="[1, 3]"),
        near=failed("wrong-value", expected="[1, 2, 3]", actual="[1, 4]"),
    ),
    Case("serial-not-parallel", hit=failed("serial"), near=failed("wrong-value")),
    Case("too-many-at-once", hit=failed("too-many-at-once"), near=failed("wrong-value", expected="<= 2", actual="3")),
    Case(
        "order-by-completion",
        hit=failed("wrong-value", expected="[1, 2, 3]", actual="[3, 1, 2]"),
        near=failed("wrong-value", expected="[1, 2, 3]", actual="[3, 1, 1]"),
    ),
    Case("holds-back-others", hit=failed("holds-back-others"), near=failed("serial")),
    Case(
        "not-started",
        hit=failed("raised", actual="NotImplementedError"),
        near=failed("raised", actual="NotImplementedError"),
        source=STUB,
        near_source=WITHOUT_LIMIT,
    ),
    Case(
        "deadline",
        hit=CheckResult(check="check", outcome=Outcome.TIMEOUT, facts=("deadline",)),
        near=CheckResult(check="check", outcome=Outcome.HUNG, facts=("stuck",)),
    ),
    Case("child-died", hit=failed("child-died", observation=seen(stderr=TRACEBACK)), near=failed("crashed")),
    Case("output-flood", hit=failed(observation=seen(Stop.OUTPUT)), near=failed("printed")),
    Case("memory-limit", hit=failed(observation=seen(Stop.MEMORY)), near=failed(observation=seen(Stop.DEADLINE))),
    Case("crashed", hit=failed("raised", actual="ValueError: no"), near=failed("wrong-value")),
    Case("waits-for-ever", hit=hung(waits("main", "join", "main/1")), near=failed("deadline")),
)
