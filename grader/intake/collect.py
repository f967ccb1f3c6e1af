"""One student's file, taken in without ever executing it; whatever is wrong with it becomes data."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

from grader.intake.beside import probably_meant, shadows
from grader.intake.decode import Undecodable, as_text, decode
from grader.intake.syntax import first_error
from grader.intake.untouched import same_program
from grader.model.exercise import Exercise
from grader.model.message import Message, say
from grader.model.submission import IntakeProblem, ProblemCode, Submission
from grader.texts import why

LARGEST = 1024 * 1024
NOT_STARTED = say("no code in it differs from the stub that `grade init` writes")


def collect(path: Path, exercise: Exercise, stub: bytes, *, own_syntax: bool = True) -> Submission:
    """What lies at `path`, with the problems it has; never raises for a fault of the student.

    `own_syntax` is false when the box runs another Python than ours: then only that one knows what is a syntax error.
    """
    content = _read(path, exercise)
    if isinstance(content, IntakeProblem):
        return _submission(exercise, path, source=b"", problems=(content,))
    blocking = _first_problem(content, stub, own_syntax=own_syntax)
    problems = (*([blocking] if blocking else []), *shadows(path, as_text(content)))
    return _submission(exercise, path, source=content, problems=problems)


def take_in(content: bytes, origin: str, exercise: Exercise, stub: bytes, *, own_syntax: bool = True) -> Submission:
    """The same for bytes that were read already, one more than LARGEST if there were more."""
    path = Path(origin)
    if len(content) > LARGEST:
        return _submission(exercise, path, source=b"", problems=(_too_large(path),))
    blocking = _first_problem(content, stub, own_syntax=own_syntax)
    return _submission(exercise, path, source=content, problems=(blocking,) if blocking else ())


def _submission(exercise: Exercise, path: Path, *, source: bytes, problems: tuple[IntakeProblem, ...]) -> Submission:
    return Submission(
        exercise=exercise.id,
        origin=str(path),
        source=source,
        digest=hashlib.sha256(source).hexdigest(),
        problems=problems,
    )


def _read(path: Path, exercise: Exercise) -> bytes | IntakeProblem:
    try:
        if problem := _wrong_kind(path.stat(), path):
            return problem
        # Not blocking: between stat and open a FIFO could take the file's place and keep us waiting for a writer.
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
        with open(opened, "rb") as file:  # noqa: PTH123  (a descriptor, not a path)
            if problem := _wrong_kind(os.fstat(opened), path):
                return problem
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        return _unreadable(path, error, exercise)
    if len(content) > LARGEST:
        return _too_large(path)
    return content


def _too_large(path: Path) -> IntakeProblem:
    return _problem(
        ProblemCode.TOO_LARGE, say("{file} is larger than {most} KiB", file=_shown(path), most=LARGEST // 1024)
    )


def _wrong_kind(status: os.stat_result, path: Path) -> IntakeProblem | None:
    if stat.S_ISREG(status.st_mode):
        return None
    if stat.S_ISDIR(status.st_mode):
        return _problem(ProblemCode.NOT_A_FILE, say("{file} is a folder; name the file in it", file=_shown(path)))
    return _problem(ProblemCode.NOT_A_FILE, say("{file} is not a regular file", file=_shown(path)))


def _unreadable(path: Path, error: OSError | ValueError, exercise: Exercise) -> IntakeProblem:
    missing = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG}
    if isinstance(error, OSError) and error.errno not in missing:
        return _problem(
            ProblemCode.UNREADABLE,
            say("{file} cannot be read: {reason}", file=_shown(path), **why(error)),
        )
    if near := probably_meant(path):
        return _problem(
            ProblemCode.MISSING, say("there is no file {file}; did you mean {near}?", file=_shown(path), near=near)
        )
    if path.name != exercise.file_name:
        return _problem(ProblemCode.MISSING, say("there is no file {file}", file=_shown(path)))
    return _problem(
        ProblemCode.MISSING, say("there is no file {file}; `grade init .` puts the stubs here", file=_shown(path))
    )


def _first_problem(content: bytes, stub: bytes, *, own_syntax: bool) -> IntakeProblem | None:
    text = decode(content)
    if isinstance(text, Undecodable):
        return IntakeProblem(code=ProblemCode.ENCODING, message=text.message, line=text.line)
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines()):
        return IntakeProblem(code=ProblemCode.EMPTY, message=say("the file is empty"))
    if _normal(content) == _normal(stub):
        return _problem(ProblemCode.NOT_STARTED, NOT_STARTED)
    wrong = first_error(text) if own_syntax else None
    if wrong is not None:
        return IntakeProblem(code=ProblemCode.SYNTAX, message=wrong.message, line=wrong.line)
    return _problem(ProblemCode.NOT_STARTED, NOT_STARTED) if same_program(text, as_text(stub)) else None


def _normal(content: bytes) -> list[bytes]:
    """The lines without what editors change on their own: line ends, trailing blanks, a byte order mark."""
    return [line.rstrip() for line in content.removeprefix(b"\xef\xbb\xbf").rstrip().splitlines()]


def _problem(code: ProblemCode, message: Message) -> IntakeProblem:
    return IntakeProblem(code=code, message=message)


def _shown(path: Path) -> str:
    return path.name or str(path)
