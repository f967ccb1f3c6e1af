"""The reason why nobody can go on is told where the positions of the threads show it."""

from __future__ import annotations

import pytest

from grader.model.observation import Fallen
from grader.observe.causes import Waiter, cause_of
from grader.observe.stacks import Frame
from grader.observe.waiting import Held, Position, Role, position

SOURCE = """def work(lock, other, queue):
    with lock:
        with other:
            queue.put(1)
    while True:
        queue.get()
"""
FILE = "/box/sub/ex90.py"
LIBRARY = "/usr/lib/python3.11/multiprocessing"


def waiter(process: str = "work", call: str = "", role: Role | None = None, **more: object) -> Waiter:
    """A thread that waits."""
    facts = {"line": None if role else 3, "role": role, **more}
    return Waiter(process, Position(call=call, **facts), "write" if role is Role.FEEDER else "futex")  # type: ignore[arg-type]


def test_a_stack_tells_the_call_the_line_and_what_is_held() -> None:
    """The library's function next to the student's line is the call as the student knows it."""
    stack = (
        Frame(f"{LIBRARY}/connection.py", 379, "_recv"),
        Frame(f"{LIBRARY}/queues.py", 103, "get"),
        Frame(FILE, 6, "work"),
        Frame(f"{LIBRARY}/process.py", 314, "_bootstrap"),
    )

    found = position(stack, "/ex90.py", SOURCE)

    assert (found.call, found.line, found.function, found.repeated) == ("Queue.get()", 6, "work", True)
    assert found.held == ()


def test_what_a_line_wants_is_told_from_what_stands_around_it() -> None:
    """`with other:` inside `with lock:` wants the one and holds the other."""
    stack = (Frame(f"{LIBRARY}/synchronize.py", 95, "__enter__"), Frame(FILE, 3, "work"))

    found = position(stack, "/ex90.py", SOURCE)

    assert (found.call, found.wants, found.held) == ("with other:", "other", (Held("lock", 2),))


def test_a_connection_in_a_with_block_is_not_held() -> None:
    """Nobody waits until it is let go: only what is used as a lock is called so."""
    text = "def work(out, lock):\n    with out, lock:\n        out.send(1)\n        queue.get()\n"

    found = position((Frame(FILE, 4, "work"),), "/ex90.py", text)

    assert found.held == (Held("lock", 2),)


def test_what_was_acquired_and_not_released_is_held() -> None:
    """Above the line, in the same function; what was let go is not."""
    text = "def work(a, b):\n    a.acquire()\n    b.acquire()\n    b.release()\n    a.acquire()\n"

    found = position((Frame(FILE, 5, "work"),), "/ex90.py", text)

    assert (found.wants, found.held) == ("a", (Held("a", 2),))


def test_a_thread_of_the_library_is_known_by_its_role() -> None:
    """A feeder has no line of the student's."""
    found = position((Frame(f"{LIBRARY}/queues.py", 245, "_feed"),), "/ex90.py", SOURCE)

    assert (found.role, found.line) == (Role.FEEDER, None)


def test_a_full_queue_belongs_to_a_process_and_not_to_its_thread() -> None:
    """One of which nothing is known is a child process, in a sentence."""
    found = [cause_of([waiter(name, role=Role.FEEDER)], ()) for name in ("consumer, _feed()", "process, ()")]

    beginnings = [str(cause.sentence).partition(" still")[0] for cause in found if cause]
    assert beginnings == ["A queue of consumer", "A queue of a child process"]


@pytest.mark.parametrize(
    ("waiters", "code"),
    [
        ([waiter(call="Process.join()"), waiter(role=Role.FEEDER)], "join-before-drain"),
        ([waiter(wants="lock", held=(Held("lock", 2),))], "lock-taken-twice"),
        ([waiter(wants="b", held=(Held("a", 2),)), waiter("other", wants="a", held=(Held("b", 2),))], "lock-order"),
        ([waiter(call="Process.join()", held=(Held("lock", 2),)), waiter("child", wants="lock")], "lock-held"),
        ([waiter(call="JoinableQueue.join()"), waiter(call="Queue.get()")], "task-done-missing"),
        ([waiter(call="Queue.get()", repeated=True)], "missing-sentinel"),
        ([waiter(call="Queue.get()")], "no-item"),
        ([waiter(call="Pool.map()"), waiter("worker", role=Role.POOL_WORKER)], "pool-worker-died"),
        ([waiter(wants="lock")], "lock-not-released"),
        ([waiter(call="Process.join()")], ""),
    ],
)
def test_the_cause_is_the_first_that_fits(waiters: list[Waiter], code: str) -> None:
    """Where none is known, none is told."""
    found = cause_of(waiters, ())

    assert (found.code if found else "") == code


@pytest.mark.parametrize(
    ("fallen", "sentence"),
    [
        (Fallen(who="worker-1", error="ValueError: no"), "worker-1 had ended with ValueError: no before that."),
        (Fallen(who="process 1", code=-9), "process 1 had been killed by signal 9 before that."),
        (Fallen(who="process 1", code=3), "process 1 had ended with exit code 3 before that."),
    ],
)
def test_somebody_who_ended_badly_is_a_reason_for_what_never_comes(fallen: Fallen, sentence: str) -> None:
    """Not for what has a reason of its own."""
    found = cause_of([waiter(wants="lock")], [fallen])
    other = cause_of([waiter(wants="lock", held=(Held("lock", 2),))], [fallen])

    assert found is not None
    assert (found.code, str(found.sentence)) == ("child-died", sentence)
    assert other is not None
    assert other.code == "lock-taken-twice"
