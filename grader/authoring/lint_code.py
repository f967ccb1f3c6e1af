"""Whether the stubs offer what the contract names, and the suite has what is declared and imports what it may."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.authoring.complaint import Complaint, parsed
from grader.course.texts import stub_file
from grader.intake.untouched import first_difference
from grader.model.exercise import Exercise
from grader.model.message import say
from grader.texts import LANGUAGES

FOR_SUITES = frozenset({"pytest", "grader", "scenarios"})
SUITE_DOOR = "grader.suite.expect"


def lint_code(exercise: Exercise, languages: Iterable[str]) -> Iterator[Complaint]:
    """Everything that is wrong with the Python files of one exercise."""
    stub, tests = stub_file(exercise.folder, "en"), exercise.suite / f"test_{exercise.id}.py"
    scenarios = exercise.suite / "scenarios.py"
    told = {language: stub_file(exercise.folder, language) for language in LANGUAGES if language != "en"}
    there = [path for path in (*told.values(), scenarios) if path.exists()]
    for path in (stub, tests, *there):
        if parsed(path) is None:
            yield Complaint(file=path, what=say("is no Python module"), way_out=say("write it; python FILE says more"))
    yield from _stub(stub, exercise)
    for language, path in told.items():
        if path.exists():
            yield from _same_stub(path, stub, exercise)
        elif language in languages:
            yield Complaint(
                file=path, what=say("is missing"), way_out=say("the stub is there in every language of the course")
            )
    yield from _tests(tests, exercise)
    yield from _imports(scenarios, frozenset())
    for path in sorted(exercise.suite.glob("test_*.py")):
        yield from _imports(path, FOR_SUITES)


def _stub(path: Path, exercise: Exercise) -> Iterator[Complaint]:
    tree = parsed(path)
    if tree is None:
        return
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    for name in exercise.functions:
        if name not in functions:
            yield Complaint(
                file=path,
                what=say("has no function {name}", name=name),
                way_out=say("define it, or take it out of functions in exercise.toml"),
            )
            continue
        node = functions[name]
        if ast.get_docstring(node) is None:
            yield Complaint(
                file=path,
                place=str(node.lineno),
                what=say("{name} has no docstring", name=name),
                way_out=say("its docstring is the contract: what it returns, when it raises, what it leaves behind"),
            )
        if not any(_is_unwritten(one) for one in node.body):
            yield Complaint(
                file=path,
                place=str(node.lineno),
                what=say("{name} does something", name=name),
                way_out=say("end it with `raise NotImplementedError`: the stub must not pass"),
            )


def _same_stub(path: Path, stub: Path, exercise: Exercise) -> Iterator[Complaint]:
    """A student who reads it in another language starts from the same program."""
    tree, original = parsed(path), parsed(stub)
    if tree is None or original is None:
        return
    line = first_difference(tree, original)
    if line is None:
        yield from _stub(path, exercise)
        return
    yield Complaint(
        file=path,
        place=str(line),
        what=say("is another program than {stub} from here on", stub=stub.name),
        way_out=say("copy {stub} and translate docstrings and comments, nothing else", stub=stub.name),
    )


def _is_unwritten(node: ast.stmt) -> bool:
    match node:
        case ast.Raise(exc=ast.Name(id="NotImplementedError") | ast.Call(func=ast.Name(id="NotImplementedError"))):
            return True
    return False


def _tests(path: Path, exercise: Exercise) -> Iterator[Complaint]:
    tree = parsed(path)
    if tree is None:
        return
    found = {
        node.name: node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    declared = {f"test_{check.id}" for check in exercise.checks}
    for name in sorted(declared - found.keys()):
        yield Complaint(
            file=path,
            what=say("has no function {name}", name=name),
            way_out=say("write it, or take its [[check]] out of exercise.toml"),
        )
    for name, node in found.items():
        if name not in declared:
            yield Complaint(
                file=path,
                place=str(node.lineno),
                what=say("{name} is not declared", name=name),
                way_out=say("give it a [[check]] in exercise.toml"),
            )
        elif node.decorator_list:
            yield Complaint(
                file=path,
                place=str(node.lineno),
                what=say("{name} is decorated", name=name),
                way_out=say("a check is one function with one result: loop in it over what it shall try"),
            )
        elif ast.get_docstring(node) is None:
            yield Complaint(
                file=path,
                place=str(node.lineno),
                what=say("{name} has no docstring", name=name),
                way_out=say("say in one true sentence what a pass shows"),
            )


def _imports(path: Path, also: frozenset[str]) -> Iterator[Complaint]:
    tree = parsed(path) if path.exists() else None
    for node in ast.walk(tree) if tree else ():
        for name in _imported(node):
            first = name.partition(".")[0]
            if first in sys.stdlib_module_names or (first in also and (first != "grader" or name == SUITE_DOOR)):
                continue
            allowed = ", ".join((SUITE_DOOR, *sorted(also - {"grader"}))) if also else ""
            yield Complaint(
                file=path,
                place=str(getattr(node, "lineno", "")),
                what=say("imports {name}", name=name),
                way_out=say("it may import the standard library and {names}", names=allowed)
                if also
                else say("it lies in the box, where there is the standard library only"),
            )


def _imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=module, level=level):
            return ["." * level + (module or "")]
    return []
