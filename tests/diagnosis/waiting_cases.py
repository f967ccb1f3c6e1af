"""Cases of the diagnoses about waiting: for conditions, events, permits, pipes, signals."""

from __future__ import annotations

from grader.model.attempt import Site
from grader.model.message import say
from grader.model.observation import Waiting
from tests.diagnosis.cases import Case, failed, hung, interleaved, seen, waits


def waiting(call: str) -> Waiting:
    """A process of which only the kernel's call is known."""
    return Waiting(sentence=say("{process} waits in {call}.", process="process", call=call), where="", kernel=call)


PIPE = """
def work_on(handler):
    ours, theirs = Pipe()
    Process(target=serve, args=(theirs, handler)).start()
"""
PIPE_CLOSED = PIPE + "    theirs.close()\n"
COUNTS_THEM = """
def work_on(connection):
    if connection.recv() != 3:
        raise EOFError("not all came")
"""
ALL_FIRST = """
def work_on(connection, requests):
    for request in requests:
        connection.send(request)
    return [connection.recv() for _ in requests]
"""
ONE_BY_ONE = """
def work_on(connection, requests):
    for request in requests:
        connection.send(request)
        yield connection.recv()
"""
SKIPPED = """
def work_on(semaphore, job):
    semaphore.acquire()
    job()
    semaphore.release()
"""
NOT_SKIPPED = """
def work_on(semaphore, job):
    semaphore.acquire()
    try:
        job()
    finally:
        semaphore.release()
"""
NOT_GOT = """
def work_on(semaphore, job):
    try:
        if semaphore.acquire(timeout=1):
            job()
    finally:
        semaphore.release()
"""
BARRIER = """
def work_on(workers):
    return Barrier(workers + 1)
"""
NO_BARRIER = """
def work_on(workers):
    return Event()
"""
WAITS_ONCE = """
def work_on(condition):
    with condition:
        condition.wait()
"""
WAITS_AGAIN = """
def work_on(condition, predicate):
    with condition:
        while not predicate():
            condition.wait()
"""
NOTIFIES_ONE = """
def work_on(condition):
    with condition:
        condition.notify()
"""
NOTIFIES_ALL = NOTIFIES_ONE.replace("notify", "notify_all")
PULSE = """
def work_on(ready):
    ready.set()
    ready.clear()
"""
OWN_TURN = """
def work_on(mine, yours):
    yours.set()
    mine.clear()
"""
UNHEARD = """
def work_on(lock):
    lock.acquire(timeout=1)
"""
HEARD = """
def work_on(lock):
    return lock.acquire(timeout=1)
"""
SLEEPS = """
def work_on(counter):
    sleep(1)
    counter.value += 1
"""
SLEPT = """
second sleep clock   - @3
first  write counter 6 @4
"""
NOT_SLEPT = """
second read  counter 5 @3
first  write counter 6 @4
"""

WAITING_CASES = (
    Case(
        "pipe-end-open",
        hit=failed("stuck"),
        near=failed("stuck"),
        source=PIPE,
        near_source=PIPE_CLOSED,
    ),
    Case(
        "send-before-receive",
        hit=failed("stuck"),
        near=failed("stuck"),
        source=ALL_FIRST,
        near_source=ONE_BY_ONE,
    ),
    Case(
        "recv-bytes-too-short",
        hit=failed("raised", actual="multiprocessing.context.BufferTooShort: b'abc'"),
        near=failed("raised", actual="ValueError: buffer too small"),
    ),
    Case(
        "peer-gone",
        hit=failed("raised", actual="BrokenPipeError: [Errno 32] Broken pipe"),
        near=failed("raised", actual="OSError: [Errno 28] No space left on device"),
    ),
    Case(
        "peer-gone",
        hit=failed("raised", actual="EOFError: not all came", sites=(Site(file="ex90.py", line=3),)),
        near=failed("raised", actual="EOFError: not all came", sites=(Site(file="ex90.py", line=4),)),
        source=COUNTS_THEM,
    ),
    Case(
        "handler-exception-ends-server",
        hit=failed("handler-exception-ends-server"),
        near=failed("child-died"),
    ),
    Case(
        "closed-not-yours",
        hit=failed("raised", actual="OSError: handle is closed"),
        near=failed("raised", actual="OSError: handle is invalid"),
    ),
    Case(
        "semaphore-not-released",
        hit=hung(waits("second", "acquire", "semaphore-1")),
        near=hung(waits("second", "acquire", "semaphore-1")),
        source=SKIPPED,
        near_source=NOT_SKIPPED,
    ),
    Case(
        "semaphore-released-too-often",
        hit=failed("too-many-at-once"),
        near=failed("too-many-at-once"),
        source=NOT_GOT,
        near_source=NOT_SKIPPED,
    ),
    Case("barrier-too-few", hit=failed("stuck"), near=failed("stuck"), source=BARRIER, near_source=NO_BARRIER),
    Case("missed-notify", hit=failed("stuck"), near=failed("stuck"), source=WAITS_ONCE, near_source=WAITS_AGAIN),
    Case(
        "condition-without-loop",
        hit=failed("wrong-value", expected="1", actual="2"),
        near=failed("wrong-value", expected="1", actual="2"),
        source=WAITS_ONCE,
        near_source=WAITS_AGAIN,
    ),
    Case(
        "notify-one-of-many", hit=failed("stuck"), near=failed("stuck"), source=NOTIFIES_ONE, near_source=NOTIFIES_ALL
    ),
    Case("event-cleared", hit=failed("stuck"), near=failed("stuck"), source=PULSE, near_source=OWN_TURN),
    Case(
        "wait-result-ignored",
        hit=failed("too-many-at-once"),
        near=failed("too-many-at-once"),
        source=UNHEARD,
        near_source=HEARD,
    ),
    Case(
        "notify-without-lock",
        hit=failed("raised", actual="AssertionError: must acquire() condition before using notify()"),
        near=failed("raised", actual="AssertionError: can only join a child process"),
    ),
    Case(
        "signal-not-handled",
        hit=failed("signal-not-handled"),
        near=failed("child-died", actual="1"),
    ),
    Case(
        "sleep-as-synchronisation",
        hit=interleaved(SLEPT),
        near=interleaved(NOT_SLEPT),
        source=SLEEPS,
    ),
    Case(
        "fifo-waits-for-peer",
        hit=failed("stuck", observation=seen(stuck=(waiting("openat (the other end of a FIFO)"),))),
        near=failed("stuck", observation=seen(stuck=(waiting("read (a pipe)"),))),
    ),
)
