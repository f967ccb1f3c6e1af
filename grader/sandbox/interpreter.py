"""Which files a Python interpreter needs to run, and which of them must stay hidden from a program."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import grader
from grader.errors import GraderFault
from grader.model.message import say

# `-I` and no venv: what is asked here is asked of the interpreter that will run in the box.
QUESTION = """
import os, site, sys
prefixes = [sys.base_prefix, sys.base_exec_prefix]
print(repr({
    "executable": getattr(sys, "_base_executable", None) or sys.executable,
    "folders": [*prefixes, os.path.dirname(os.__file__)],
    "packages": site.getsitepackages(prefixes),
}))
"""
PATIENCE = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpreter:
    """A base interpreter (never a venv's link to it), all paths resolved.

    `folders` hold its standard library; `hidden` are folders below them or below /usr that a program must not see:
    installed packages, and wherever this grader lies, with the hidden suites in its wheel.
    """

    executable: str
    folders: tuple[str, ...]
    hidden: tuple[str, ...]


@cache
def resolve(python: str) -> Interpreter:
    """The base interpreter behind `python`, asked once per process."""
    answer = _ask(python)
    executable = str(Path(answer["executable"][0]).resolve())
    if executable != str(Path(python).resolve()):
        answer = _ask(executable)
    folders = _outermost([executable, *answer["folders"]])
    ours = Path(grader.__file__).resolve().parents[1]
    hidden = _outermost([*answer["packages"], str(ours)])
    visible = tuple(path for path in hidden if Path(path).is_dir() and _below(path, ("/usr", *folders)))
    return Interpreter(executable=executable, folders=folders, hidden=visible)


def _ask(python: str) -> dict[str, list[str]]:
    command = [python, "-I", "-c", QUESTION]
    try:
        done = subprocess.run(  # noqa: S603  the interpreter that the user chose, and our text
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise GraderFault(
            say("the Python {python} cannot be started: {reason}", python=python, reason=str(error))
        ) from error
    answer = ast.literal_eval(done.stdout)
    return {**answer, "executable": [answer["executable"]]}


def _outermost(paths: list[str]) -> tuple[str, ...]:
    resolved = sorted({str(Path(path).resolve()) for path in paths} - {"/"})
    return tuple(path for path in resolved if not _below(path, [other for other in resolved if other != path]))


def _below(path: str, folders: tuple[str, ...] | list[str]) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)
