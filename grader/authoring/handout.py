"""What students get of a course: stubs, texts and a page to start from; no suite, no solution, no hint."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from grader import __version__
from grader.authoring.lint_texts import page
from grader.course.texts import read_stub
from grader.errors import UsageError
from grader.model.exercise import Exercise
from grader.model.message import Words, say
from grader.texts import speaker, why

SCHEMA = "ipc-grader/handout/1"
MANIFEST = "manifest.json"


def write_handout(
    folder: Path, exercises: tuple[Exercise, ...], title: Words, languages: tuple[str, ...], language: str
) -> list[str]:
    """Fill `folder`, which must be empty or not there yet; gives the names of the files.

    Pages are written in all `languages` of the course. A student's file has one name, so its stub is written in
    `language` only, or in the first one of a course that does not speak it.

    Hints are left out: all three lie open in a folder, while `grade hint` shows one at a time, from the course.
    """
    files: dict[str, bytes] = {}
    told = []
    spoken = language if language in languages else languages[0]
    for exercise in exercises:
        mine = {exercise.file_name: read_stub(exercise.folder, spoken)} | _pages(exercise, languages)
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in mine.items()}
        told.append({"id": exercise.id, "digest": exercise.digest, "points": exercise.max_points, "files": digests})
        files |= mine
    for each in languages:
        files[page(Path(), "README", each).name] = _start(exercises, title, each).encode()
    manifest = {"schema": SCHEMA, "title": title.en, "grader": __version__, "exercises": told}
    files[MANIFEST] = (json.dumps(manifest, indent=2) + "\n").encode()
    _write(folder, files)
    return list(files)


def _pages(exercise: Exercise, languages: tuple[str, ...]) -> dict[str, bytes]:
    texts = {
        page(Path(), exercise.id, language).name: page(exercise.folder, "README", language) for language in languages
    }
    return {name: path.read_bytes() for name, path in texts.items() if path.is_file()}


def _start(exercises: tuple[Exercise, ...], title: Words, language: str) -> str:
    _ = speaker(language)
    rows = "\n".join(
        f"| [{one.id}]({page(Path(), one.id, language).name}) | {one.title.in_(language)} | `{one.file_name}` |"
        for one in exercises
    )
    head = " | ".join((_("exercise"), _("title"), _("your file")))
    steps = _("Read the text of an exercise, write your program into its file, and try it with the grader:")
    more = _("`grade hint {exercise}` gives a hint, a stronger one each time.", exercise=exercises[0].id)
    command = f"```console\n$ pip install ipc-grader\n$ grade {exercises[0].id}\n```"
    return f"# {title.in_(language)}\n\n{steps}\n\n{command}\n\n{more}\n\n| {head} |\n|---|---|---|\n{rows}\n"


def _write(folder: Path, files: dict[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UsageError(say("{folder} is not empty", folder=str(folder)), hint=say("name another folder"))
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise UsageError(
            say("{folder} cannot be written: {reason}", folder=str(folder), **why(error)),
            hint=say("name another folder"),
        ) from error
