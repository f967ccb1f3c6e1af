"""Habits with processes and pools in the student's source: how they are started, waited for, ended."""

from __future__ import annotations

import ast

from grader.diagnosis.calls import (
    LOOPS,
    Lines,
    Names,
    arguments_of,
    called_name,
    calls_in,
    calls_of_each,
    keyword_of,
    lines_of,
    method_of,
    receiver_of,
)
from grader.diagnosis.source import Function, Source

PRIMITIVES = {
    *("Lock", "RLock", "Semaphore", "BoundedSemaphore", "Event", "Condition", "Barrier"),
    *("Value", "Array", "RawValue", "RawArray", "Queue", "JoinableQueue", "SimpleQueue", "Pipe"),
}
CHANGES = {"append", "extend", "insert", "clear", "update", "pop", "remove", "add", "setdefault"}


def calls_its_target(source: Source, functions: Names) -> Lines:
    """Lines like `Process(target=work(item))`, where the target runs before there is a process."""
    targets = (keyword_of(call, "target") for call in calls_in(source, functions) if called_name(call) == "Process")
    made = (target for target in targets if isinstance(target, ast.Call))
    return lines_of(target for target in made if called_name(target) != "partial")


def runs_instead_of_starting(source: Source, functions: Names) -> Lines:
    """Lines that call `run()` of a process."""
    calls = (call for call in calls_in(source, functions) if method_of(call) == "run")
    return lines_of(call for call in calls if not arguments_of(call))


def gives_no_tuple(source: Source, functions: Names) -> Lines:
    """Lines that make a process whose `args` are written neither as a tuple nor as a list."""
    calls = (call for call in calls_in(source, functions) if called_name(call) == "Process")
    return lines_of(call for call in calls if _is_no_sequence(keyword_of(call, "args")))


def keeps_what_join_returns(source: Source, functions: Names) -> Lines:
    """Lines that use the value of `process.join()`, which is always None."""
    joins = (call for call in calls_in(source, functions) if method_of(call) == "join" and not call.args)
    return lines_of(call for call in joins if not isinstance(source.parents.get(call), ast.Expr))


def makes_daemons(source: Source, functions: Names) -> Lines:
    """Lines that make a process a daemon; a thread is none."""
    made = (call for call in calls_in(source, functions) if called_name(call) != "Thread")
    calls = (call for call in made if _is_true(keyword_of(call, "daemon")))
    stores = (node for node in source.nodes(functions) if isinstance(node, ast.Assign) and _is_true(node.value))
    marks = (node for node in stores for target in node.targets if getattr(target, "attr", "") == "daemon")
    return lines_of([*calls, *marks])


def trusts_timed_join(source: Source, functions: Names) -> Lines:
    """Lines of `join(timeout)` after which the function asks neither `exitcode` nor `is_alive()`."""
    found: list[ast.AST] = []
    for function in (node for node in source.nodes(functions) if isinstance(node, Function)):
        nodes = list(ast.walk(function))
        joins = [node for node in nodes if isinstance(node, ast.Call) and method_of(node) == "join"]
        asked = [node for node in nodes if getattr(node, "attr", "") in {"exitcode", "is_alive"}]
        found += [join for join in joins if _is_timed(join) and not any(_follows(source, one, join) for one in asked)]
    return lines_of(found)


def only_asks_to_end(source: Source, functions: Names) -> Lines:
    """Lines that send SIGTERM to a process, where no function of the check ever sends SIGKILL; a pool is none."""
    calls = list(calls_in(source, functions))
    if any(_is_kill(call) for call in calls):
        return ()
    return lines_of(call for call in calls if _is_terminate(call))


def joins_who_was_asked(source: Source, functions: Names) -> Lines:
    """Lines of a `join()` without a limit that stand behind such a line in their function."""
    found: list[ast.AST] = []
    for calls in calls_of_each(source, functions):
        asked = [call for call in calls if _is_terminate(call)]
        joins = (call for call in calls if _is_full_join(call))
        found += [join for join in joins if any(one.lineno <= join.lineno for one in asked)]
    return lines_of(found)


def is_awaited(source: Source, line: int) -> bool:
    """Whether a `join()` without a limit stands behind this line in its function."""
    functions = [node for node in ast.walk(source.tree) if isinstance(node, Function)]
    around = [node for node in functions if node.lineno <= line <= (node.end_lineno or 0)]
    inner = max(around, key=lambda node: node.lineno, default=None)
    calls = (node for node in ast.walk(inner) if isinstance(node, ast.Call)) if inner else ()
    return any(_is_full_join(call) and call.lineno >= line for call in calls)


def ignores_exit_codes(source: Source, functions: Names) -> Lines:
    """Lines of `join()` where no function of the check ever looks at `exitcode`."""
    if any(getattr(node, "attr", "") == "exitcode" for node in source.nodes(functions)):
        return ()
    joins = (call for call in calls_in(source, functions) if method_of(call) == "join")
    return lines_of(call for call in joins if not call.args or _is_timed(call))


def changes_globals(source: Source, functions: Names) -> Lines:
    """Lines in functions that change a variable of the module's top, for others than their own process.

    Handlers of signals and initializers of pools do so on purpose.
    """
    found: list[ast.AST] = []
    hosts = (
        call for call in calls_in(source, functions) if called_name(call) in {"signal", "Pool", "ProcessPoolExecutor"}
    )
    at_home = {value.id for call in hosts for value in arguments_of(call) if isinstance(value, ast.Name)}
    for function in (node for node in source.nodes(functions) if isinstance(node, Function)):
        if function.name in at_home:
            continue
        nodes = list(ast.walk(function))
        declared = {name for node in nodes if isinstance(node, ast.Global) for name in node.names}
        own = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)} - declared
        outer = (set(source.names) - set(source.imported) - own) | declared  # os.remove(path) changes no `os`
        found += [node for node in nodes if _changes(node, outer, declared)]
    return lines_of(found)


def makes_primitives_at_import(source: Source, functions: Names) -> Lines:  # noqa: ARG001  (one shape for all habits)
    """Lines at the top of the file that make a lock, a queue or shared memory."""
    values = [node.value for node in source.tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    parts = [part for value in values for part in (value.elts if isinstance(value, ast.Tuple) else [value])]
    return lines_of(part for part in parts if isinstance(part, ast.Call) and called_name(part) in PRIMITIVES)


def drops_async_results(source: Source, functions: Names) -> Lines:
    """Lines that start work in a pool, keep no result to ask, and give no `error_callback`."""
    calls = (call for call in calls_in(source, functions) if method_of(call) in {"apply_async", "map_async", "submit"})
    dropped = (call for call in calls if isinstance(source.parents.get(call), ast.Expr))
    return lines_of(call for call in dropped if keyword_of(call, "error_callback") is None)


def translates_line_ends(source: Source, functions: Names) -> Lines:
    """Lines that open a text without saying with `newline` how its lines end; a binary mode is none."""
    opened = (call for call in calls_in(source, functions) if called_name(call) in {"open", "fdopen"})
    return lines_of(call for call in opened if keyword_of(call, "newline") is None and not _is_binary(call))


def hands_out_in_chunks(source: Source, functions: Names) -> Lines:
    """Lines that give a `chunksize`."""
    return lines_of(call for call in calls_in(source, functions) if keyword_of(call, "chunksize") is not None)


def _is_no_sequence(value: ast.expr | None) -> bool:
    return value is not None and not isinstance(value, ast.Tuple | ast.List | ast.Call | ast.Starred | ast.BinOp)


def _is_binary(call: ast.Call) -> bool:
    texts = [value.value for value in arguments_of(call) if isinstance(value, ast.Constant)]
    return any(isinstance(text, str) and "b" in text and set(text) <= set("rwaxbt+") for text in texts)


def _is_true(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is True


def _follows(source: Source, node: ast.AST, join: ast.Call) -> bool:
    """Whether the node is evaluated after the join: it stands behind it, or in the same loop."""
    loops = [outer for outer in source.around(join) if isinstance(outer, LOOPS)]
    return getattr(node, "lineno", 0) >= join.lineno or any(loop in loops for loop in source.around(node))


def _is_terminate(call: ast.Call) -> bool:
    if method_of(call) == "terminate":
        return "pool" not in receiver_of(call).lower()
    return called_name(call) == "kill" and _names_signal(call, "SIGTERM")


def _is_kill(call: ast.Call) -> bool:
    return called_name(call) == "kill" and not _names_signal(call, "SIGTERM")


def _names_signal(call: ast.Call, name: str) -> bool:
    return any(getattr(node, "attr", getattr(node, "id", "")) == name for node in ast.walk(call))


def _is_full_join(call: ast.Call) -> bool:
    return method_of(call) == "join" and not arguments_of(call)


def _is_timed(join: ast.Call) -> bool:
    if keyword_of(join, "timeout") is not None:
        return True
    first = join.args[0] if join.args else None
    number = isinstance(first, ast.Constant) and type(first.value) in {int, float}
    return number or (isinstance(first, ast.Name) and first.id in {"seconds", "timeout", "limit"})


def _changes(node: ast.AST, outer: set[str], declared: set[str]) -> bool:
    match node:
        case ast.Name(id=name, ctx=ast.Store()):
            return name in declared
        case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()):
            return name in outer
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)):
            return name in outer and method in CHANGES
    return False
