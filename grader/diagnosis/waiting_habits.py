"""Habits of waiting in the student's source: for conditions, events, permits, and for what travels through a pipe."""

from __future__ import annotations

import ast

from grader.diagnosis.calls import (
    Lines,
    Names,
    called_name,
    calls_in,
    calls_of_each,
    in_finally,
    keyword_of,
    lines_of,
    method_of,
    receiver_of,
)
from grader.diagnosis.source import Function, Source


def waits_without_loop(source: Source, functions: Names) -> Lines:
    """Lines of `wait()` of a condition that no `while` repeats."""
    waits = (call for call in calls_in(source, functions) if method_of(call) == "wait" and _is_condition(call))
    return lines_of(call for call in waits if not any(isinstance(node, ast.While) for node in source.around(call)))


def ignores_what_wait_says(source: Source, functions: Names) -> Lines:
    """Lines that wait with a limit and drop the answer, which says whether it came."""
    calls = (call for call in calls_in(source, functions) if _is_limited_wait(call))
    return lines_of(call for call in calls if isinstance(source.parents.get(call), ast.Expr))


def clears_what_it_sets(source: Source, functions: Names) -> Lines:
    """Lines of `clear()` of an event that the same function sets."""
    found: list[ast.AST] = []
    for calls in calls_of_each(source, functions):
        events = {receiver_of(call) for call in calls if method_of(call) == "set"} - {""}
        found += [call for call in calls if method_of(call) == "clear" and receiver_of(call) in events]
    return lines_of(found)


def releases_without_having(source: Source, functions: Names) -> Lines:
    """Lines of a `release()` in a `finally` whose `acquire` stands inside the `try`, or can fail there."""
    releases = (call for call in calls_in(source, functions) if method_of(call) == "release")
    return lines_of(call for call in releases if in_finally(source, call) and _may_not_have(source, call))


def releases_if_all_goes_well(source: Source, functions: Names) -> Lines:
    """Lines of a `release()` that an exception jumps over."""
    releases = (call for call in calls_in(source, functions) if method_of(call) == "release")
    return lines_of(call for call in releases if not in_finally(source, call))


def leaves_pipe_ends_open(source: Source, functions: Names) -> Lines:
    """Lines of `Pipe()` in functions that start a process and close neither end afterwards."""
    found: list[ast.AST] = []
    for calls in calls_of_each(source, functions):
        started = [call.lineno for call in calls if method_of(call) == "start"]
        closed = [call for call in calls if method_of(call) == "close" and started and call.lineno > min(started)]
        found += [call for call in calls if called_name(call) == "Pipe" and started and not closed]
    return lines_of(found)


def sends_all_before_receiving(source: Source, functions: Names) -> Lines:
    """Lines of `send` in a loop, in functions that receive only after that loop."""
    found: list[ast.AST] = []
    for function in (node for node in source.nodes(functions) if isinstance(node, Function)):
        for loop in (node for node in ast.walk(function) if isinstance(node, ast.For)):
            sends, received = _named(loop, "send", "send_bytes"), _named(loop, "recv", "recv_bytes")
            later = [call for call in _named(function, "recv", "recv_bytes") if call.lineno > (loop.end_lineno or 0)]
            found += sends if later and not received else []
    return lines_of(found)


def changes_inside_proxy(source: Source, functions: Names) -> Lines:
    """Lines like `shared[key].append(value)` and `shared[key][name] = value`: a copy is changed and dropped."""
    found: list[ast.AST] = []
    for node in source.nodes(functions):
        match node:
            case ast.Call(func=ast.Attribute(value=inner, attr="append" | "extend" | "add" | "update" | "insert")):
                found += [node] if _is_looked_up(inner) else []
            case ast.Subscript(value=ast.Subscript(), ctx=ast.Store()):
                found.append(node)
    return lines_of(found)


def leaves_blocks_open(source: Source, functions: Names) -> Lines:
    """Lines that open shared memory in functions that never close any."""
    found: list[ast.AST] = []
    for calls in calls_of_each(source, functions):
        if not any(method_of(call) == "close" for call in calls):
            found += [call for call in calls if called_name(call) in {"SharedMemory", "ShareableList"}]
    return lines_of(found)


def _named(node: ast.AST, *names: str) -> list[ast.Call]:
    return [call for call in ast.walk(node) if isinstance(call, ast.Call) and method_of(call) in names]


def _is_condition(call: ast.Call) -> bool:
    return "cond" in receiver_of(call).lower()


def _is_limited_wait(call: ast.Call) -> bool:
    if method_of(call) == "wait":
        return bool(call.args or call.keywords)
    return method_of(call) == "acquire" and (keyword_of(call, "timeout") is not None or len(call.args) > 1)


def _may_not_have(source: Source, release: ast.Call) -> bool:
    """Whether the `try` of this `finally` may be left before the permit was got."""
    for outer in source.around(release):
        if isinstance(outer, ast.Try):
            return any(call for statement in outer.body for call in _named(statement, "acquire"))
    return False


def _is_looked_up(node: ast.expr) -> bool:
    """Whether the expression is `d[k]`, `d.get(k)` or `d.setdefault(k, [])`."""
    looked = isinstance(node, ast.Call) and method_of(node) in {"get", "setdefault"}
    return looked or isinstance(node, ast.Subscript)
