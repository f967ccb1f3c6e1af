"""One attempt on another machine: a plan comes as bytes with the exercise in it, the attempt goes back as bytes.

    python -m grader.grading.afar      reads a parcel from stdin until its end is announced, writes the answer to stdout

Nothing is shared but these bytes: no disk, no pickle. When stdin ends early, whoever asked is gone, and so are we.
"""

from __future__ import annotations

import dataclasses
import io
import os
import platform
import signal
import sys
import tempfile
import threading
import zipfile
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import BinaryIO, NoReturn

from grader import __version__
from grader.course.digest import CACHES, digest_of
from grader.errors import CourseError, GraderError, GraderFault, UsageError
from grader.grading.one import grade_one
from grader.model.attempt import Attempt
from grader.model.message import Message, say
from grader.model.plan import Plan
from grader.texts import sentence, way_out
from grader.wire import Malformed, dump, load

LENGTH = 8  # bytes in front of a parcel, and of the plan in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A plan as it travels: `python` is False where any interpreter of the other machine will do."""

    version: str
    plan: Plan
    python: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What comes back: an attempt, or who has to act, with what was said to them."""

    attempt: Attempt | None = None
    fault: Message | None = None
    usage: Message | None = None
    course: Message | None = None
    hint: Message | None = None


def pack(plan: Plan) -> bytes:
    """The plan and all files of its exercise."""
    sealed = dump(Sealed(version=__version__, plan=plan, python=plan.python != sys.executable))
    files = io.BytesIO()
    with zipfile.ZipFile(files, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(plan.exercise.folder.rglob("*")):
            parts = path.relative_to(plan.exercise.folder).parts
            if path.is_file() and not CACHES.intersection(parts) and path.suffix != ".pyc":
                archive.write(path, "/".join(parts))
    return len(sealed).to_bytes(LENGTH) + sealed + files.getvalue()


def framed(parcel: bytes) -> bytes:
    """The parcel as `main` reads it: the end of stdin itself means that nobody waits for the answer any more."""
    return len(parcel).to_bytes(LENGTH) + parcel


def read_answer(data: bytes) -> Attempt | GraderFault:
    """What `answer` gave; raises UsageError and CourseError as if it had happened here."""
    try:
        told = load(data, Answer)
    except Malformed as error:
        return GraderFault(say("the answer of a worker cannot be read: {reason}", reason=str(error)))
    hint = told.hint or ""
    if told.usage:
        raise UsageError(told.usage, hint=hint)
    if told.course:
        raise CourseError(told.course, hint=hint)
    return told.attempt or GraderFault(told.fault or say("the answer of a worker is empty"), hint=hint)


def answer(parcel: bytes) -> bytes:
    """Grade what is in the parcel; whatever goes wrong is an answer."""
    try:
        with tempfile.TemporaryDirectory(prefix="grade-") as folder:
            told = Answer(attempt=grade_one(_unpacked(parcel, Path(folder)), on_event=lambda _: None, report_json=None))
    except UsageError as error:
        told = Answer(usage=sentence(error.message), hint=way_out(error))
    except CourseError as error:
        told = Answer(course=sentence(error.message), hint=way_out(error))
    except GraderError as error:
        told = Answer(fault=sentence(error.message), hint=way_out(error))
    except Exception as error:  # noqa: BLE001  (the last door: whatever comes here is our fault)
        what = say("the grader itself failed: {error}", error=f"{type(error).__name__}: {error}")
        told = Answer(fault=what, hint=say("please report this"))
    return dump(told)


def _unpacked(parcel: bytes, folder: Path) -> Plan:
    size = int.from_bytes(parcel[:LENGTH])
    sealed = load(parcel[LENGTH : LENGTH + size], Sealed)
    if sealed.version != __version__:
        raise UsageError(other_version(platform.node(), __version__, sealed.version))
    # The other end is the instructor's own command, and zipfile keeps every name below the folder.
    with zipfile.ZipFile(io.BytesIO(parcel[LENGTH + size :])) as archive:
        archive.extractall(folder)
    plan = sealed.plan
    if digest_of(folder) != plan.exercise.digest:
        raise GraderFault(say("the exercise did not arrive as it was sent"))
    folder.chmod(0o755)
    return dataclasses.replace(
        plan,
        exercise=dataclasses.replace(plan.exercise, folder=folder),
        python=plan.python if sealed.python else sys.executable,
    )


def other_version(where: str, theirs: str, ours: str) -> Message:
    """Why two that differ do not grade together."""
    return say("{worker} has version {theirs}, this is {ours}", worker=where, theirs=theirs, ours=ours)


def main(incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Answer one parcel."""
    signal.signal(signal.SIGTERM, _leave)
    size = int.from_bytes(incoming.read(LENGTH))
    parcel = incoming.read(size)
    threading.Thread(target=_until_alone, args=(incoming.fileno(),), daemon=True).start()
    outgoing.write(answer(parcel))
    outgoing.flush()


def _until_alone(incoming: int) -> None:
    """Whoever asked holds the other end as long as it lives; a buffered read would hold a lock when we end."""
    if not os.read(incoming, 1):
        os.kill(os.getpid(), signal.SIGTERM)


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    """End through every `finally`: the examiner and its boxes go with us."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
