"""Modules and functions stay small enough to be read at one sitting; there is no list of exceptions."""

from __future__ import annotations

import ast
import importlib
import inspect
import multiprocessing
import queue
import threading
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MIRRORS = ROOT / "grader" / "inside" / "mirrors"
LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
MOST_POSITIONAL = 5

Function = ast.FunctionDef | ast.AsyncFunctionDef
MODULES = sorted(path for room in ("grader", "tests") for path in (ROOT / room).rglob("*.py"))


@cache
def functions(path: Path) -> tuple[Function, ...]:
    """Every function of a module, methods and inner ones too."""
    return tuple(node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, Function))


def named(path: Path, node: Function) -> str:
    """Where a function stands, to be clicked on."""
    return f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"


def positional(node: Function) -> list[tuple[ast.arg, ast.expr | None]]:
    """The parameters that can be given by position, each with its default; not `self` and `cls`."""
    parameters = [*node.args.posonlyargs, *node.args.args]
    defaults = [None] * (len(parameters) - len(node.args.defaults)) + list(node.args.defaults)
    pairs = list(zip(parameters, defaults, strict=True))
    return pairs[1:] if pairs and pairs[0][0].arg in {"self", "cls"} else pairs


def mirrored() -> set[tuple[str, str]]:
    """(function, parameter) of the standard library's multiprocessing: a mirror takes what the original takes."""
    sources = (*Path(multiprocessing.__file__).parent.glob("*.py"), Path(queue.__file__), Path(threading.__file__))
    found = {
        (node.name, parameter.arg) for path in sources for node in functions(path) for parameter, _ in positional(node)
    }
    in_c = importlib.import_module("_multiprocessing")
    return found | {("acquire", name) for name in inspect.signature(in_c.SemLock.acquire).parameters}


def is_boolean(parameter: ast.arg, default: ast.expr | None) -> bool:
    """Whether a reader of the call would see a bare True or False."""
    annotated = isinstance(parameter.annotation, ast.Name) and parameter.annotation.id == "bool"
    return annotated or (isinstance(default, ast.Constant) and isinstance(default.value, bool))


def test_no_module_is_longer_than_its_limit() -> None:
    """A module that grows beyond 400 lines knows two things: split it."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}

    assert {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_its_limit() -> None:
    """A function that grows beyond 40 lines does two things."""
    lengths = {named(path, node): _length(node) for path in MODULES for node in functions(path)}

    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}


def test_no_function_has_more_positional_parameters_than_can_be_told_apart() -> None:
    """Beyond five, a call by position is a riddle."""
    counts = {named(path, node): len(positional(node)) for path in MODULES for node in functions(path)}

    assert {name: n for name, n in counts.items() if n > MOST_POSITIONAL} == {}


def test_no_boolean_is_given_by_position() -> None:
    """`write(page, True)` tells nobody what is true; only a mirror keeps the signature of what it stands for."""
    originals = mirrored()
    found = [
        f"{named(path, node)}({parameter.arg})"
        for path in MODULES
        for node in functions(path)
        for parameter, default in positional(node)
        if is_boolean(parameter, default) and not (MIRRORS in path.parents and (node.name, parameter.arg) in originals)
    ]

    assert found == []


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "misc", "base", "manager"])
def test_no_module_is_called_after_nothing(word: str) -> None:
    """A file is found from the question it answers; these names answer none."""
    assert [str(path) for path in MODULES if path.stem in {word, word.removesuffix("s")}] == []


def _length(node: Function) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1
