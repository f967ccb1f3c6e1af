"""What lies beside a student's file: one that was probably meant, and modules that Python will mistake for its own."""

from __future__ import annotations

import ast
import difflib
import os
import re
import sys
from pathlib import Path

from grader.model.message import say
from grader.model.submission import IntakeProblem, ProblemCode
from grader.trees import tree_of

# What `import multiprocessing` and its parts import in turn, measured on CPython 3.11 to 3.13.
BEHIND_MULTIPROCESSING = """
array atexit base64 binascii bisect bz2 collections contextlib copyreg ctypes enum errno fcntl fnmatch functools hashlib
heapq hmac importlib itertools keyword linecache locale lzma math mmap multiprocessing operator pickle queue random re
reprlib runpy secrets select selectors shutil signal socket struct subprocess tempfile textwrap threading token tokenize
traceback types warnings weakref zlib
"""


EXERCISE = re.compile(r"ex[ _-]?0*(\d{1,3})(?!\d)")


def probably_meant(path: Path) -> str | None:
    """A Python file beside the missing `path` whose name is nearly the same."""
    beside = [name for name in _python_files_beside(path) if not _are_two_exercises(name, path.name)]
    near = difflib.get_close_matches(path.name, beside, n=1, cutoff=0.7)
    return near[0] if near else None


def _are_two_exercises(name: str, other: str) -> bool:
    """Whether both begin with the number of an exercise, and not with the same: one is never meant for the other."""
    numbers = [EXERCISE.match(one.lower()) for one in (name, other)]
    return len({int(number[1]) for number in numbers if number}) == len(numbers)


def shadows(path: Path, text: str) -> tuple[IntakeProblem, ...]:
    """Neighbours that Python, run in this folder, imports in place of the standard library's module of that name."""
    names = [name for name in _python_files_beside(path) if name != path.name]
    needed = _imported_by(text).union(BEHIND_MULTIPROCESSING.split()) & sys.stdlib_module_names
    template = (
        "{name} beside it has the name of a module of the standard library: the grader does not use it, "
        "but Python will import it in place of that module when you run the file yourself"
    )
    return tuple(
        IntakeProblem(code=ProblemCode.SHADOWS, message=say(template, name=name))
        for name in names
        if name.removesuffix(".py") in needed
    )


def _imported_by(text: str) -> frozenset[str]:
    names: set[str] = set()
    for node in ast.walk(tree_of(text)):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return frozenset(names)


def _python_files_beside(path: Path) -> list[str]:
    try:
        with os.scandir(path.parent) as entries:
            return sorted(entry.name for entry in entries if entry.name.endswith(".py") and entry.is_file())
    except (OSError, ValueError):
        return []
