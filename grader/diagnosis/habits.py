"""Lines of the student's source that look like a known habit: hints that point somewhere, never a proof."""

from __future__ import annotations

import ast

from grader.diagnosis.calls import (
    Lines,
    Names,
    arguments_of,
    called_name,
    calls_in,
    in_finally,
    in_loop,
    is_false,
    is_named,
    lines_of,
    loop_around,
    method_of,
    received_names,
    receiver_of,
)
from grader.diagnosis.source import Function, Source

STARTERS = {"Process", "apply_async", "apply", "map", "map_async", "starmap", "imap", "imap_unordered", "submit"}
FILLS = {"append", "extend", "insert", "add", "update", "setdefault"}


def waits_without_limit(source: Source, functions: Names) -> Lines:
    """Lines of get, put, acquire, join and wait calls that give no time limit."""
    return lines_of(call for call in calls_in(source, functions) if _waits(call) and not _has_limit(call))


def impatient_waits(source: Source, functions: Names) -> Lines:
    """Lines of get and put calls that do not wait at all."""
    return lines_of(call for call in calls_in(source, functions) if _is_impatient(call))


def limits_in_loop(source: Source, functions: Names) -> Lines:
    """Lines of get calls inside a loop that give the parameter `seconds` or `timeout` itself as their limit."""
    calls = (call for call in calls_in(source, functions) if method_of(call) == "get" and in_loop(source, call))
    return lines_of(
        call for call in calls if any(is_named(value, "seconds", "timeout") for value in arguments_of(call))
    )


def looks_before_acting(source: Source, functions: Names) -> Lines:
    """Lines that ask a queue whether it is empty or full, or how long it is."""
    return lines_of(call for call in calls_in(source, functions) if method_of(call) in {"empty", "full", "qsize"})


def additions_in_place(source: Source, functions: Names) -> Lines:
    """Lines with `x.value += ...` or `x[i] += ...` outside every `with`."""
    changes = (node for node in source.nodes(functions) if isinstance(node, ast.AugAssign))
    shared = (node for node in changes if _is_shared(node.target))
    return lines_of(node for node in shared if not any(isinstance(outer, ast.With) for outer in source.around(node)))


def truth_tests_of_items(source: Source, functions: Names) -> Lines:
    """Lines that test by its truth a name that was assigned from `get()` or `recv()`."""
    nodes = list(source.nodes(functions))
    items = {name for node in nodes for name in received_names(node)}
    return lines_of(
        _test for node in nodes for _test in _tests(node) if isinstance(_test, ast.Name) and _test.id in items
    )


def swallowed_exceptions(source: Source, functions: Names) -> Lines:
    """Lines of `except` clauses that neither raise nor use what they caught."""
    handlers = (node for node in source.nodes(functions) if isinstance(node, ast.ExceptHandler))
    return lines_of(handler for handler in handlers if not _uses_exception(handler))


def widest_swallows(source: Source, functions: Names) -> Lines:
    """Of those lines the ones that catch every exception; all of them where none does."""
    swallowing = swallowed_exceptions(source, functions)
    handlers = (node for node in source.nodes(functions) if isinstance(node, ast.ExceptHandler))
    wide = lines_of(handler for handler in handlers if _catches_everything(handler) and handler.lineno in swallowing)
    return wide or swallowing


def fills_defaults(source: Source, functions: Names) -> Lines:
    """Lines of `def` with a list, dict or set as a default that the function fills."""
    defined = (node for node in source.nodes(functions) if isinstance(node, Function))
    return lines_of(node for node in defined if any(_is_filled(node, name) for name in _kept_defaults(node)))


def jobs_under_lock(source: Source, functions: Names) -> Lines:
    """Lines of `with lock:` inside which a callable that was handed in is called, where none is called outside."""
    found: list[ast.With] = []
    for function in (node for node in source.nodes(functions) if isinstance(node, Function)):
        handed = [call for call in ast.walk(function) if isinstance(call, ast.Call) and _is_handed_in(source, call)]
        holders = [_lock_around(source, call) for call in handed]
        if holders and all(holders):
            found += [holder for holder in holders if holder]
    return lines_of(found)


def acquires_without_finally(source: Source, functions: Names) -> Lines:
    """Lines of `acquire()` calls in functions that never release inside a `finally`."""
    found = []
    for function in (node for node in source.nodes(functions) if isinstance(node, Function)):
        calls = [call for call in ast.walk(function) if isinstance(call, ast.Call)]
        if not any(in_finally(source, call) for call in calls if method_of(call) == "release"):
            found += [call for call in calls if method_of(call) == "acquire"]
    return lines_of(found)


def waits_for_each_in_turn(source: Source, functions: Names) -> Lines:
    """Lines that start one thing in a loop, and wait for its end before the next: start and join, apply, get."""
    calls = [call for call in calls_in(source, functions) if in_loop(source, call)]
    loops_with_start = {loop_around(source, call) for call in calls if method_of(call) == "start"}
    joins = [call for call in calls if method_of(call) == "join" and loop_around(source, call) in loops_with_start]
    applies = [call for call in calls if method_of(call) == "apply" or _gets_at_once(call)]
    return lines_of([*joins, *applies])


def yields_in_given_order(source: Source, functions: Names) -> Lines:
    """Lines of a generator that take results in the order in which they were asked for."""
    found = []
    for function in (node for node in source.nodes(functions) if isinstance(node, Function)):
        if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(function)):
            calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
            found += [call for call in calls if method_of(call) in {"imap", "map", "starmap"} or _gets_result(call)]
    return lines_of(found)


def locks_taken_twice(source: Source, functions: Names) -> Lines:
    """Lines inside `with lock:` that take the same lock, or call a function of the file that takes it."""
    found: list[ast.AST] = []
    for outer in (node for node in source.nodes(functions) if isinstance(node, ast.With)):
        locks = {item.context_expr.id for item in outer.items if isinstance(item.context_expr, ast.Name)}
        inside = [node for statement in outer.body for node in ast.walk(statement)]
        found += [node for node in inside if any(_takes(source, node, lock) for lock in locks)]
    return lines_of(found)


def takes_by_completion(source: Source, functions: Names) -> Lines:
    """Lines that take results as they finish."""
    names = {"imap_unordered", "as_completed"}
    return lines_of(
        call for call in calls_in(source, functions) if method_of(call) in names or is_named(call.func, *names)
    )


def unpicklable_targets(source: Source, functions: Names) -> Lines:
    """Lines that hand a lambda or a function defined inside another one to a process or a pool."""
    local = {node.name for node in source.nodes(functions) if isinstance(node, Function) and _is_nested(source, node)}
    starts = (call for call in calls_in(source, functions) if called_name(call) in STARTERS)
    return lines_of(
        call
        for call in starts
        if any(isinstance(value, ast.Lambda) or is_named(value, *local) for value in arguments_of(call))
    )


def prints(source: Source, functions: Names) -> Lines:
    """Lines that print."""
    return lines_of(call for call in calls_in(source, functions) if is_named(call.func, "print", "pprint"))


def starts(source: Source, functions: Names) -> Lines:
    """Lines that start a process or make a pool."""
    names = {"start", "Pool", "ProcessPoolExecutor", "Manager", "fork"}
    return lines_of(call for call in calls_in(source, functions) if called_name(call) in names)


def makes_shared_memory(source: Source, functions: Names) -> Lines:
    """Lines that create a block of shared memory."""
    names = {"SharedMemory", "ShareableList"}
    return lines_of(call for call in calls_in(source, functions) if called_name(call) in names)


def _waits(call: ast.Call) -> bool:
    # dict.get(key) and ", ".join(parts) have an argument; the waiting ones of a process and a queue have none.
    method = method_of(call)
    return method in {"acquire", "put", "wait"} or (method in {"get", "join"} and not _is_text_or_key(call))


def _is_text_or_key(call: ast.Call) -> bool:
    # The first argument of get is `block`: `get(seconds)` waits for ever.
    first = call.args[0] if call.args else ast.Constant(value=None)
    return not isinstance(first, ast.Constant) and not is_named(first, "seconds", "timeout")


def _has_limit(call: ast.Call) -> bool:
    given = {keyword.arg for keyword in call.keywords}
    places = {"put": 3, "get": 2, "acquire": 2, "join": 1, "wait": 1}
    blocks = not any(is_false(value) for value in arguments_of(call)[-2:])
    return "timeout" in given or len(call.args) >= places.get(method_of(call), 9) or not blocks


def _is_impatient(call: ast.Call) -> bool:
    if method_of(call) in {"get_nowait", "put_nowait"}:
        return True
    flags = [keyword.value for keyword in call.keywords if keyword.arg == "block"]
    flags += call.args[:1] if method_of(call) == "get" else call.args[1:2]
    return method_of(call) in {"get", "put"} and any(is_false(flag) for flag in flags)


def _is_shared(target: ast.expr) -> bool:
    return isinstance(target, ast.Subscript) or (isinstance(target, ast.Attribute) and target.attr == "value")


def _tests(node: ast.AST) -> list[ast.expr]:
    if not isinstance(node, ast.If | ast.While | ast.IfExp | ast.Assert):
        return []
    test = node.test
    parts = test.values if isinstance(test, ast.BoolOp) else [test]
    bare = [part.operand if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not) else part for part in parts]
    return [part.target if isinstance(part, ast.NamedExpr) else part for part in bare]


def _uses_exception(handler: ast.ExceptHandler) -> bool:
    inside = [node for statement in handler.body for node in ast.walk(statement)]
    used = handler.name and any(is_named(node, handler.name) for node in inside)
    return bool(used) or any(isinstance(node, ast.Raise) for node in inside)


def _kept_defaults(function: Function) -> list[str]:
    """Names of parameters whose default value is a container that can be changed."""
    given = function.args
    places = [*given.posonlyargs, *given.args]
    late = places[len(places) - len(given.defaults) :]
    pairs = [*zip(late, given.defaults, strict=True), *zip(given.kwonlyargs, given.kw_defaults, strict=True)]
    return [name.arg for name, default in pairs if _is_container(default)]


def _is_container(value: ast.expr | None) -> bool:
    made = called_name(value) if isinstance(value, ast.Call) else ""
    return isinstance(value, ast.List | ast.Dict | ast.Set) or made in {"list", "dict", "set", "deque", "defaultdict"}


def _is_filled(function: Function, name: str) -> bool:
    return any(_fills(node, name) for node in ast.walk(function))


def _fills(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Call):
        return method_of(node) in FILLS and receiver_of(node) == name
    if isinstance(node, ast.Subscript):
        return isinstance(node.ctx, ast.Store) and is_named(node.value, name)
    return isinstance(node, ast.AugAssign) and is_named(node.target, name)


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(name is None or is_named(name, "Exception", "BaseException") for name in caught)


def _is_handed_in(source: Source, call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Name) or call.func.id in source.names:
        return False
    function = next((outer for outer in source.around(call) if isinstance(outer, Function)), None)
    return function is not None and call.func.id in _local_names(function)


def _local_names(function: Function) -> set[str]:
    arguments = {argument.arg for argument in ast.walk(function.args) if isinstance(argument, ast.arg)}
    return arguments | {
        node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _lock_around(source: Source, call: ast.Call) -> ast.With | None:
    for outer in source.around(call):
        if isinstance(outer, ast.With) and any(_looks_like_lock(item.context_expr) for item in outer.items):
            return outer
    return None


def _looks_like_lock(node: ast.expr) -> bool:
    words = [part.id if isinstance(part, ast.Name) else getattr(part, "attr", "") for part in ast.walk(node)]
    return any("lock" in word.lower() or "mutex" in word.lower() for word in words)


def _gets_at_once(call: ast.Call) -> bool:
    asked = call.func.value if isinstance(call.func, ast.Attribute) else None
    starts = {"apply_async", "submit"}
    return method_of(call) in {"get", "result"} and isinstance(asked, ast.Call) and method_of(asked) in starts


def _gets_result(call: ast.Call) -> bool:
    return method_of(call) in {"get", "result"} and not call.args


def _takes(source: Source, node: ast.AST, lock: str) -> bool:
    """Whether the node takes the lock of that name: itself, or in the function of the file that it calls."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        called = source.function(node.func.id)
        places = [place for place, value in enumerate(node.args) if is_named(value, lock)]
        handed = [keyword.arg for keyword in node.keywords if keyword.arg and is_named(keyword.value, lock)]
        handed += [name for place, name in enumerate(source.parameters(node.func.id)) if place in places]
        return called is not None and any(_acquires(inner, name) for inner in ast.walk(called) for name in handed)
    return _acquires(node, lock)


def _acquires(node: ast.AST, lock: str) -> bool:
    if isinstance(node, ast.With):
        return any(is_named(item.context_expr, lock) for item in node.items)
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "acquire"
        and is_named(node.func.value, lock)
    )


def _is_nested(source: Source, function: Function) -> bool:
    return any(isinstance(outer, Function) for outer in source.around(function))
