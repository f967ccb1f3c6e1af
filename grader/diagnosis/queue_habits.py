"""Habits with queues in the student's source: who takes without end, who drops, who acknowledges when."""

from __future__ import annotations

import ast

from grader.diagnosis.calls import (
    LOOPS,
    Lines,
    Names,
    calls_in,
    calls_of_each,
    in_finally,
    in_loop,
    is_named,
    keyword_of,
    lines_of,
    loop_around,
    method_of,
    receiver_of,
)
from grader.diagnosis.source import Function, Source

LIMITS = "seconds", "timeout", "limit"
CHANGES = {"append", "extend", "insert", "clear", "update", "pop", "popitem", "remove", "add", "discard", "sort"}


def takes_without_end(source: Source, functions: Names) -> Lines:
    """Lines of get calls in a `while True` that nothing inside can leave."""
    loops = (node for node in source.nodes(functions) if isinstance(node, ast.While) and _is_endless(node))
    return lines_of(
        call for loop in loops for call in ast.walk(loop) if isinstance(call, ast.Call) and method_of(call) == "get"
    )


def puts_one_mark(source: Source, functions: Names) -> Lines:
    """Lines outside of every loop that put None or a NAME in capitals: an end mark for one reader."""
    puts = (call for call in calls_in(source, functions) if method_of(call) == "put" and not in_loop(source, call))
    return lines_of(call for call in puts if call.args and _is_mark(call.args[0]))


def joins_before_taking(source: Source, functions: Names) -> Lines:
    """Lines of `join()` in functions that take from a queue only after it."""
    found: list[ast.AST] = []
    for calls in calls_of_each(source, functions):
        joins = [call for call in calls if method_of(call) == "join" and not call.args]
        gets = [call.lineno for call in calls if method_of(call) in {"get", "get_nowait", "recv"} and not call.args]
        if gets and not any(line < join.lineno for join in joins for line in gets):
            found += joins
    return lines_of(found)


def never_acknowledges(source: Source, functions: Names) -> Lines:
    """Lines of get calls in functions that never call `task_done`."""
    found: list[ast.AST] = []
    for calls in calls_of_each(source, functions):
        if not any(method_of(call) == "task_done" for call in calls):
            found += [call for call in calls if method_of(call) == "get" and not call.args]
    return lines_of(found)


def acknowledges_if_all_goes_well(source: Source, functions: Names) -> Lines:
    """Lines of `task_done` outside of every `finally`."""
    calls = (call for call in calls_in(source, functions) if method_of(call) == "task_done")
    return lines_of(call for call in calls if not in_finally(source, call))


def drops_refused(source: Source, functions: Names) -> Lines:
    """Lines of `except queue.Full` that do nothing but go on."""
    handlers = (node for node in source.nodes(functions) if isinstance(node, ast.ExceptHandler))
    return lines_of(node for node in handlers if _catches(node, "Full") and _does_nothing(node))


def takes_empty_for_the_end(source: Source, functions: Names) -> Lines:
    """Lines of `except queue.Empty` that leave for good after a get that waited for a fixed number of seconds."""
    tries = [node for node in source.nodes(functions) if isinstance(node, ast.Try)]
    hasty = [node for node in tries if any(map(_waits_a_fixed_time, _calls_below(node.body)))]
    return lines_of(handler for node in hasty for handler in node.handlers if _leaves_when_empty(handler))


def limits_given_as_flag(source: Source, functions: Names) -> Lines:
    """Lines like `get(2)` and `put(item, seconds)`: the number stands where `block` belongs."""
    places = {"get": 0, "put": 1}
    calls = (call for call in calls_in(source, functions) if len(call.args) == places.get(method_of(call), -2) + 1)
    return lines_of(call for call in calls if _is_number(call.args[-1]) and keyword_of(call, "timeout") is None)


def changes_after_put(source: Source, functions: Names) -> Lines:
    """Lines that change a list or a dict after it was put or sent, and before the name means another one."""
    found: list[ast.AST] = []
    for calls in calls_of_each(source, functions):
        puts = [call for call in calls if method_of(call) in {"put", "send"} and call.args]
        for put in puts:
            if isinstance(put.args[0], ast.Name):
                found += _changes_of(source, put, put.args[0].id)
    return lines_of(found)


def _is_endless(loop: ast.While) -> bool:
    always = isinstance(loop.test, ast.Constant) and bool(loop.test.value)
    return always and not any(isinstance(node, ast.Break | ast.Return | ast.Raise) for node in ast.walk(loop))


def _is_mark(value: ast.expr) -> bool:
    name = value.id if isinstance(value, ast.Name) else ""
    return name.isupper() or (isinstance(value, ast.Constant) and value.value is None)


def _calls_below(statements: list[ast.stmt]) -> list[ast.Call]:
    return [node for statement in statements for node in ast.walk(statement) if isinstance(node, ast.Call)]


def _waits_a_fixed_time(call: ast.Call) -> bool:
    limit = keyword_of(call, "timeout") or (call.args[1] if len(call.args) == 2 else None)
    fixed = isinstance(limit, ast.Constant) and type(limit.value) in {int, float}
    return method_of(call) == "get" and fixed


def _leaves_when_empty(handler: ast.ExceptHandler) -> bool:
    return _catches(handler, "Empty") and any(isinstance(last, ast.Return | ast.Break) for last in handler.body)


def _catches(handler: ast.ExceptHandler, name: str) -> bool:
    named = ast.walk(handler.type) if handler.type else ()
    return any(is_named(node, name) or (isinstance(node, ast.Attribute) and node.attr == name) for node in named)


def _does_nothing(handler: ast.ExceptHandler) -> bool:
    return all(isinstance(statement, ast.Pass | ast.Continue | ast.Break) for statement in handler.body)


def _is_number(value: ast.expr) -> bool:
    plain = isinstance(value, ast.Constant) and type(value.value) in {int, float}
    return plain or is_named(value, *LIMITS)


def _changes_of(source: Source, put: ast.Call, name: str) -> list[ast.AST]:
    function = next((node for node in source.around(put) if isinstance(node, Function)), None)
    nodes = list(ast.walk(function)) if function else []
    fresh = [node.lineno for node in nodes if isinstance(node, ast.Name) and _stores(node, name)]
    loop = loop_around(source, put)
    again = isinstance(loop, LOOPS) and not any(_stores(node, name) for node in ast.walk(loop))
    changes = [node for node in nodes if _changes(node, name)]
    return [node for node in changes if again or _comes_after(node, put.lineno, fresh)]


def _stores(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)


def _changes(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Call):
        return method_of(node) in CHANGES and receiver_of(node) == name
    stored = isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del)
    return stored and isinstance(node, ast.Subscript) and is_named(node.value, name)


def _comes_after(node: ast.AST, put: int, fresh: list[int]) -> bool:
    line = getattr(node, "lineno", 0)
    return line > put and not any(put < other <= line for other in fresh)
