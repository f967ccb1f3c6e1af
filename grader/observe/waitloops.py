"""Loops in somebody's source that only look, again and again, at what somebody else could change.

    while queue.empty(): pass                       while not event.is_set(): time.sleep(0.1)
    while True:                                     while True:
        try: item = queue.get(timeout=0.1)              if process.exitcode is not None: break
        except Empty: continue

    while True:                                     while not over.is_set():
        if pipe.poll(0.1):                              if not wait([listener], 0.1):
            answer(pipe.recv())                             continue
                                                        serve(listener.accept())

Such a loop changes nothing, counts nothing and reads no clock: as long as nobody else moves, it goes on for ever. What
is done with what came does not count where the loop is seen asleep in the very call that waits for it. One
assumption is made: that a method named like a query of the standard library is that query; a name that the file
defines itself is refused. Everything that is not known to be pure makes the loop one that may end.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from grader.trees import tree_of

LONGEST_TEXT = 80

QUERIES = frozenset({
    *("empty", "full", "qsize", "is_set", "is_alive", "poll", "ready", "done", "locked", "exists", "running"),
    *("acquire", "wait", "join", "get", "get_nowait", "recv", "successful"),
})  # fmt: skip
# What fails if nothing comes, and how it says so.
FAILING = {"get": "Empty", "get_nowait": "Empty", "put": "Full", "put_nowait": "Full", "result": "TimeoutError"}
WAIT_FOR_SEVERAL = ("multiprocessing.connection", "wait")
# What they say is the same again as long as nobody else moves: to note it each time changes nothing.
TELLING = frozenset({"empty", "full", "is_set", "is_alive", "poll", "acquire", "wait", "ready", "done", "exists"})
HARMLESS = frozenset({"any", "all", "len", "bool"})
PAUSES = frozenset({"sleep", "print"})
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
HIDING = (*COMPREHENSIONS, ast.Lambda, ast.Dict, ast.IfExp, ast.Await, ast.Yield, ast.YieldFrom)
REPEATING = (ast.While, ast.For, ast.AsyncFor, *COMPREHENSIONS)


@dataclass(frozen=True, slots=True)
class WaitLoop:
    """A loop that only waits: the line it begins in and what it says there."""

    line: int
    text: str


class Loops:
    """The loops of one file."""

    def __init__(self, text: str) -> None:
        self._tree = tree_of(text)
        self._own = frozenset(_defined(self._tree))
        self._repeating = [node for node in ast.walk(self._tree) if isinstance(node, REPEATING)]
        self._waits_for_several = frozenset(_imported(self._tree, *WAIT_FOR_SEVERAL)) - self._own

    def waiting_at(self, line: int, *, asleep: bool = False) -> WaitLoop | None:
        """The innermost loop around that line, if it only waits and the line is of what it does to wait.

        `asleep` says that it sleeps there, in a call with a limit: what it does if that finds anything does not count.
        """
        at = line if asleep else 0
        around = [node for node in self._repeating if isinstance(node, ast.While | ast.For) and _spans(node, line)]
        loop = max(around, key=lambda node: node.lineno, default=None)
        if not isinstance(loop, ast.While) or not self._is_pure(loop.test):
            return None
        waits = [loop.test, *self._waits(loop.body)]
        if not self._body_waits(loop.body, at) or not any(_spans(node, line) for node in waits):
            return None
        return WaitLoop(loop.lineno, f"while {ast.unparse(loop.test)}:"[:LONGEST_TEXT])

    def is_repeated(self, line: int, *, inside: WaitLoop | None = None) -> bool:
        """Whether a loop or comprehension around that line, other than the one given, may run it again and again."""
        lines = [inside.line] if inside else []
        around = [node for node in self._repeating if _spans(node, line)]
        given = [node for node in around if isinstance(node, ast.While) and node.lineno in lines]
        tests = [inner for node in given for inner in ast.walk(node.test)]
        return any(node not in given and node not in tests for node in around)

    def _is_pure(self, node: ast.expr) -> bool:
        match node:
            case ast.Constant() | ast.Name():
                return True
            case ast.Attribute(attr=name, value=owner):
                return name not in self._own and self._is_pure(owner)
            case ast.Call(func=ast.Attribute(attr=name, value=owner)):
                known = name in QUERIES and name not in self._own
                return known and self._is_pure(owner) and self._are_pure(_arguments(node))
            case ast.Call(func=ast.Name(id=name)):
                return name in HARMLESS and name not in self._own and self._are_pure(_arguments(node))
            case (
                ast.GeneratorExp(elt=element, generators=generators) | ast.ListComp(elt=element, generators=generators)
            ):
                parts = [part for one in generators for part in (one.iter, *one.ifs)]
                return self._is_pure(element) and self._are_pure(parts)
            case ast.UnaryOp() | ast.BoolOp() | ast.Compare() | ast.Subscript() | ast.List() | ast.Tuple():
                return self._are_pure([part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)])
        return False

    def _are_pure(self, nodes: Sequence[ast.expr]) -> bool:
        return all(self._is_pure(node) for node in nodes)

    def _body_waits(self, body: Sequence[ast.stmt], at: int) -> bool:
        """Whether the statements change nothing, as far as they are reached while nothing has come."""
        rest = list(body)
        while rest:
            done, goes_on = self._in_vain(rest, at)
            if done and not goes_on:
                return True
            if done:
                rest = rest[done:]
                continue
            statement = rest.pop(0)
            if isinstance(statement, ast.Continue):
                return True
            if not self._statement_waits(statement, at):
                return False
            if isinstance(statement, ast.Try) and self._only_success_goes_on(statement):
                return True  # what follows is reached when something has come
        return True

    def _in_vain(self, statements: Sequence[ast.stmt], at: int) -> tuple[int, bool]:
        """How many of the first statements do nothing, as the call in line `at` finds nothing; whether others follow.

        The call is the test of an `if`, or its result is what an `if` or a `for` behind it needs.
        """
        match statements[0]:
            case ast.If(test=ast.UnaryOp(op=ast.Not(), operand=test), body=[*_, ast.Continue()] as body, orelse=[]):
                return int(self._sleeps_in(test, body[0], at) and self._body_waits(body, at)), False
            case ast.If(test=test, body=body, orelse=otherwise):
                return int(self._sleeps_in(test, body[0], at) and self._body_waits(otherwise, at)), True
            case ast.Assign(targets=[ast.Name(id=name)], value=call) if self._sleeps_in(call, None, at):
                return self._need(name, statements, at)
            case ast.Try(body=body, orelse=[], finalbody=[]):
                done, goes_on = self._in_vain(body, at)
                return int(done > 0 and (not goes_on or done == len(body))), goes_on
        return 0, True

    def _need(self, name: str, statements: Sequence[ast.stmt], at: int) -> tuple[int, bool]:
        """The same of the statements behind the first, which has given that name to nothing."""
        for number, statement in enumerate(statements[1:], start=1):
            match statement:
                case ast.For(iter=ast.Name(id=needed), orelse=[]) | ast.If(test=ast.Name(id=needed), orelse=[]):
                    if needed != name:
                        return number, True
                case ast.If(
                    test=ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=needed)), body=[*_, ast.Continue()] as body
                ) if needed == name and self._body_waits(body, at):
                    return number + 1, False
                case _:
                    return number, True
        return len(statements), True

    def _sleeps_in(self, node: ast.expr, then: ast.stmt | None, at: int) -> bool:
        """Whether line `at` is of a call that is false as long as nothing has come, and not of what comes then."""
        apart = _spans(node, at) and (then is None or then.lineno > (node.end_lineno or 0))
        return apart and isinstance(node, ast.Call) and self._is_false_in_vain(node)

    def _is_false_in_vain(self, call: ast.Call) -> bool:
        """Whether the call, given a limit, is false when nothing has come; that of `concurrent.futures` never is."""
        match call.func:
            case ast.Name(id=name):
                return name in self._waits_for_several and self._are_pure(_arguments(call))
            case ast.Attribute(attr="wait", value=ast.Name(id="connection") | ast.Attribute(attr="connection")):
                return self._is_pure(call)
            case ast.Attribute(attr="wait"):
                return len(_arguments(call)) == 1 and self._is_pure(call)
            case ast.Attribute(attr="poll" | "acquire"):
                return self._is_pure(call)
        return False

    def _statement_waits(self, statement: ast.stmt, at: int) -> bool:
        match statement:
            case ast.Pass():
                return True
            case ast.Expr(value=value):
                return self._is_pause(value) or self._is_pure(value)
            case ast.Assign(targets=[ast.Name()], value=ast.Call(func=ast.Attribute(attr=name)) as call):
                return name in TELLING and self._is_pure(call)
            case ast.If(test=test, body=body, orelse=otherwise):
                harmless = _leaves(body) or self._body_waits(body, at)
                return self._is_pure(test) and harmless and self._body_waits(otherwise, at)
            case ast.With(items=items, body=body):
                return self._are_pure([item.context_expr for item in items]) and self._body_waits(body, at)
            case ast.Try(finalbody=[]):
                tried = self._tried(statement)
                handlers = self._reached(statement)
                return tried is not None and all(self._body_waits(handler.body, at) for handler in handlers)
        return False

    def _tried(self, statement: ast.Try) -> ast.Call | None:
        """The call that fails as long as nothing has come, with which the `try` has to begin."""
        call = _first_call(statement.body[0])
        if call is None or not isinstance(call.func, ast.Attribute) or not statement.handlers:
            return None
        known = call.func.attr in FAILING and call.func.attr not in self._own
        return call if known and self._are_pure(_arguments(call)) else None

    def _reached(self, statement: ast.Try) -> list[ast.ExceptHandler]:
        """The handlers that may be reached when nothing has come: none behind the one that names just this failure."""
        tried = self._tried(statement)
        failure = FAILING.get(tried.func.attr, "") if tried and isinstance(tried.func, ast.Attribute) else ""
        for number, handler in enumerate(statement.handlers, start=1):
            match handler.type:
                case ast.Name(id=name) | ast.Attribute(attr=name) if name == failure and name not in self._own:
                    return statement.handlers[:number]
        return statement.handlers

    def _only_success_goes_on(self, statement: ast.Try) -> bool:
        return all(isinstance(handler.body[-1], ast.Continue) for handler in self._reached(statement))

    def _waits(self, body: Sequence[ast.stmt]) -> Iterator[ast.AST]:
        """The parts of the body in which the loop may be seen while nothing has come."""
        for statement in body:
            match statement:
                case ast.Try():
                    yield self._tried(statement) or statement
                    yield from (part for handler in self._reached(statement) for part in self._waits(handler.body))
                    if self._only_success_goes_on(statement):
                        return
                case ast.If(test=test, body=then, orelse=otherwise):
                    yield test
                    yield from self._waits([] if _leaves(then) else then)
                    yield from self._waits(otherwise)
                case ast.With(items=items, body=inner):
                    yield from (item.context_expr for item in items)
                    yield from self._waits(inner)
                case _:
                    yield statement

    def _is_pause(self, node: ast.expr) -> bool:
        if not isinstance(node, ast.Call):
            return False
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        plain = all(isinstance(part, ast.Constant | ast.Name | ast.BinOp | ast.Attribute) for part in node.args)
        return name in PAUSES and name not in self._own and plain


@lru_cache(maxsize=8)
def loops_of(text: str) -> Loops:
    """The loops of a file, read once: it is asked for each process that waits."""
    return Loops(text)


def _defined(tree: ast.Module) -> Iterator[str]:
    """Names that mean something of the file's own where they are called, or read as a property."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Attribute(attr=name, ctx=ast.Store()) if name in QUERIES | FAILING.keys() | PAUSES:
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) if name in HARMLESS | PAUSES:
                yield name


def _imported(tree: ast.Module, module: str, name: str) -> Iterator[str]:
    """As what the file knows a name of that module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == module:
            yield from (one.asname or one.name for one in node.names if one.name == name)


def _first_call(statement: ast.stmt) -> ast.Call | None:
    """The call that comes before all others when the statement is executed; None where that is not to be seen."""
    match statement:
        case ast.Expr(value=node) | ast.Assign(value=node) | ast.Return(value=ast.expr() as node) | ast.If(test=node):
            parts: list[ast.expr] = [node]
        case ast.AugAssign(target=target, value=node):
            parts = [target, node]
        case _:
            return None
    first = next((call for part in parts for call in _calls(part)), None)
    return first if isinstance(first, ast.Call) else None


def _calls(node: ast.AST) -> Iterator[ast.AST]:
    """Calls in the order in which they are made, and what hides that order in their place (library reference, 6.16)."""
    if isinstance(node, HIDING):
        yield node
        return
    for part in ast.iter_child_nodes(node):
        yield from _calls(part)
    if isinstance(node, ast.Call):
        yield node


def _spans(node: ast.AST, line: int) -> bool:
    first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
    return bool(first <= line <= last)


def _arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _leaves(body: Sequence[ast.stmt]) -> bool:
    return bool(body) and isinstance(body[-1], ast.Break | ast.Return | ast.Raise)
