"""Where the attempts of a class are made: in slots of this machine, or on the workers of a Dask cluster.

    the command --parcel--> scheduler --> worker: python -m grader.grading.afar --answer--> the command

A worker only starts a process for each attempt and hands bytes on: no code of a student, and none of ours that runs
beside it, is in the worker itself. When a worker is lost, the scheduler gives its attempt to another one.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from typing import Any

from grader import __version__
from grader.errors import GraderError, GraderFault, UsageError
from grader.grading.afar import framed, other_version, pack, read_answer
from grader.grading.many import grade_many
from grader.model.attempt import Attempt
from grader.model.message import say
from grader.model.observation import Level
from grader.model.plan import Plan
from grader.sandbox.detect import detect

LOCAL = "local"
SCHEMES = {"dask": "tcp", "tls": "tls"}
PATIENCE = 10.0  # seconds until a scheduler has answered
LONELY = 60.0  # seconds without any worker until that is told
LONGEST = 3600.0  # seconds for one attempt: its own deadlines come long before
LOST = GraderFault(say("the process of an attempt ended early"), hint=say("is there memory on the workers?"))
AHEAD = 2  # parcels per thread of a worker that wait at the scheduler

Running = Generator[tuple[int, Attempt | GraderFault], None, None]
Runner = Callable[[Sequence[Plan]], Running]


def runner_for(executor: str, slots: int) -> Runner:
    """What grades many plans where `executor` says: `local`, `dask://HOST:PORT`, or `tls://HOST:PORT`."""
    if executor == LOCAL:
        return lambda plans: grade_many(plans, slots=min(slots, len(plans)))
    scheme, separator, place = executor.partition("://")
    if scheme not in SCHEMES or not separator or not place:
        raise UsageError(
            say("there is no executor {executor}", executor=repr(executor)), hint=say("say local, or dask://HOST:PORT")
        )
    return lambda plans: grade_on_cluster(plans, f"{SCHEMES[scheme]}://{place}")


def grade_on_cluster(plans: Sequence[Plan], address: str) -> Running:
    """Each attempt, or our fault in its place, with the number of its plan, as they finish.

    Raises UsageError where there is no scheduler, no worker, or one that is not like this grader. What was asked for
    when it is closed is called off; a worker ends what it has begun.
    """
    with _client(address) as client:
        threads = _shake_hands(client, max((plan.demanded for plan in plans), key=lambda level: level.rank))
        finished: queue.SimpleQueue[Any] = queue.SimpleQueue()
        waiting = enumerate(plans)
        numbers: dict[str, int] = {}
        futures: dict[str, Any] = {}  # a future that nobody holds is called off
        while True:
            while len(futures) < AHEAD * threads and (due := next(waiting, None)):
                future = client.submit(grade_bytes, pack(due[1]), pure=False)
                numbers[future.key], futures[future.key] = due[0], future
                future.add_done_callback(finished.put)
            if not futures:
                return
            future = _next(finished, client)
            del futures[future.key]
            yield numbers.pop(future.key), _outcome(future, address)


def grade_bytes(parcel: bytes) -> bytes:
    """What a worker does; dask's own processes may not have children of multiprocessing, but may start commands."""
    with subprocess.Popen(
        [sys.executable, "-m", "grader.grading.afar"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(framed(parcel))
                process.stdin.flush()
            answer = process.stdout.read()  # stdin stays open: its end would say that we are gone
        except BaseException:
            process.terminate()
            raise
        finally:
            with contextlib.suppress(BrokenPipeError):  # what it did not read any more
                process.stdin.close()
    return answer


def look_around(demanded: str) -> dict[str, str]:
    """What a worker says of itself before anything is sent to it."""
    try:
        detect(Level(demanded))
    except GraderError as error:
        return {"grader": __version__, "refused": str(error), "hint": str(error.hint)}
    return {"grader": __version__, "refused": "", "hint": ""}


@contextlib.contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        import distributed
    except ImportError as error:
        raise UsageError(
            say("a cluster needs the package distributed"), hint=say("pip install 'ipc-grader[cluster]'")
        ) from error
    # What it has to say of lost connections is told by us, once.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, RuntimeError) as error:
        raise UsageError(
            say("no scheduler answers at {address}: {reason}", address=address, reason=str(error)),
            hint=say("start one with `dask scheduler`; is its port open to this machine only?"),
        ) from error
    with client:
        yield client


def _shake_hands(client: Any, demanded: Level) -> int:
    """How many attempts the workers can make at once; raises UsageError unless each of them is like this grader."""
    told: Mapping[str, Any] = client.run(look_around, demanded.value, on_error="return")
    there = say("install this version there: pip install 'ipc-grader[cluster]=={version}'", version=__version__)
    for worker, said in told.items():
        if isinstance(said, BaseException):
            why = f"{type(said).__name__}: {said}"
            raise UsageError(say("the worker {worker} cannot grade: {reason}", worker=worker, reason=why), hint=there)
        if said["grader"] != __version__:
            raise UsageError(other_version(worker, said["grader"], __version__), hint=there)
        if said["refused"]:
            why = said["refused"]
            raise UsageError(
                say("the worker {worker} cannot grade: {reason}", worker=worker, reason=why), hint=said["hint"]
            )
    if not told:
        raise UsageError(
            say("the scheduler has no worker"),
            hint=say("start some, one thread for each slot: dask worker HOST:PORT --nthreads 1"),
        )
    return _threads(client)


def _threads(client: Any) -> int:
    threads: Mapping[str, int] = client.nthreads()
    return sum(threads.values())


def _next(finished: queue.SimpleQueue[Any], client: Any) -> Any:
    """The next that is done; raises UsageError when there is nobody left who could do anything."""
    while True:
        try:
            return finished.get(timeout=LONELY)
        except queue.Empty:
            if client.status != "running" or not _threads(client):
                raise UsageError(
                    say("no worker is left at the scheduler"),
                    hint=say("start some again; the same command goes on where it stopped"),
                ) from None


def _outcome(future: Any, address: str) -> Attempt | GraderFault:
    if future.status == "finished":
        answer: bytes = future.result()
        return read_answer(answer) if answer else LOST
    if future.status in {"cancelled", "lost"}:
        raise UsageError(
            say("the scheduler at {address} is gone", address=address),
            hint=say("start it again; the same command goes on where it stopped"),
        )
    # Killed too often, or whatever a worker says that is not ours.
    return GraderFault(
        say("no worker came to an end with it: {reason}", reason=str(future.exception())),
        hint=say("is there memory on the workers?"),
    )
