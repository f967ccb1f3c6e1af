"""Many plans graded at once, each slot a process of its own: one end of a run ends all of them at once.

    the command --Plan down--> slot: grade_one --Attempt up--> the command      (more slots than cores)

What travels is ours on both ends: bytes of students were decoded strictly before they became an Attempt.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from types import FrameType
from typing import NoReturn

from grader.errors import CourseError, GraderError, GraderFault, UsageError
from grader.grading.one import grade_one
from grader.model.attempt import Attempt
from grader.model.message import say
from grader.model.plan import Plan
from grader.suite.examiners import Warm

# Fork would hand on every descriptor and lock that the command holds just then.
STARTING = multiprocessing.get_context("spawn")
SPINS = 1_000_000
LOST = GraderFault(say("a slot ended early"), hint=say("is there enough memory? try fewer at once"))


def grade_many(plans: Iterable[Plan], *, slots: int) -> Generator[tuple[int, Attempt | GraderFault], None, None]:
    """Each attempt, or our fault in its place, with the number of its plan, as they finish.

    What a slot was at when it was lost is given to another one, once. Raises UsageError and CourseError, which would
    come again with every other plan. Closing it ends what is being graded.
    """
    waiting = enumerate(plans)
    again: list[tuple[int, Plan]] = []
    lost: set[int] = set()
    busy: dict[Connection, tuple[int, Plan]] = {}
    with contextlib.ExitStack() as stack:
        idle = [stack.enter_context(_slot()) for _ in range(slots)]
        while True:
            while idle and (due := again.pop() if again else next(waiting, None)):
                _give(idle[-1], due[1])
                busy[idle.pop()] = due
            if not busy:
                return
            ready = wait(list(busy))
            for connection in [one for one in busy if one in ready]:
                number, plan = busy.pop(connection)
                answer = _answer(connection)
                idle.append(stack.enter_context(_slot()) if answer is LOST else connection)
                if answer is LOST and number not in lost:
                    lost.add(number)
                    again.append((number, plan))
                else:
                    yield number, answer


@contextlib.contextmanager
def busy_loops(count: int) -> Iterator[None]:
    """So many processes that do nothing, as fast as they can, meanwhile."""
    with contextlib.ExitStack() as stack:
        for _ in range(count):
            stack.enter_context(_running(_spin, os.getpid()))
        yield


@contextlib.contextmanager
def _slot() -> Iterator[Connection]:
    ours, theirs = STARTING.Pipe()
    with ours, _running(_serve, theirs):
        theirs.close()
        yield ours


@contextlib.contextmanager
def _running(target: Callable[..., None], argument: object) -> Iterator[None]:
    process = STARTING.Process(target=target, args=(argument,))
    with _deaf():
        process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join()


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Whoever is started meanwhile is born deaf to Ctrl-C, which reaches the whole group: it is ended by us."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _give(connection: Connection, plan: Plan) -> None:
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # a slot that is gone is noticed by its answer
        connection.send(plan)


def _answer(connection: Connection) -> Attempt | GraderFault:
    try:
        answer = connection.recv()
    except (EOFError, OSError):
        return LOST
    if isinstance(answer, UsageError | CourseError):
        raise answer
    assert isinstance(answer, Attempt | GraderFault)
    return answer


def _serve(connection: Connection) -> None:
    """What a slot does until the other end is closed."""
    signal.signal(signal.SIGTERM, _leave)
    # Not ignored but handled: what is ignored stays so across exec, and boxes shall get SIGINT as anywhere else.
    signal.signal(signal.SIGINT, _stay)
    with contextlib.suppress(EOFError, BrokenPipeError), Warm() as warm:
        while True:
            connection.send(_graded(connection.recv(), warm))


def _graded(plan: Plan, warm: Warm) -> Attempt | GraderError:
    try:
        return grade_one(plan, on_event=lambda _: None, report_json=None, start=warm.start)
    except GraderError as error:
        return error
    except Exception as error:  # noqa: BLE001  (the last door of a slot: whatever comes here is our fault)
        what = say("the grader itself failed: {error}", error=f"{type(error).__name__}: {error}")
        return GraderFault(what, hint=say("please report this"))


def _spin(parent: int) -> None:
    while os.getppid() == parent:
        for _ in range(SPINS):
            pass


def _stay(_number: int, _frame: FrameType | None) -> None:
    """The command ends us when Ctrl-C is meant."""


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    """End through every `finally`: the examiner and its boxes go with us."""
    raise SystemExit(128 + number)
