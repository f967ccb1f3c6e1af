"""From a Python stack to what its thread waits for: which call, at which line of the student's, holding what."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from grader.observe.stacks import Frame, Stack
from grader.observe.waitloops import loops_of
from grader.trees import tree_of

LONGEST_CALL = 60


class Role(StrEnum):
    """What a thread of the standard library does for the program."""

    FEEDER = "feeder"
    POOL = "pool"
    POOL_WORKER = "pool-worker"
    SERVER = "server"
    HOUSEKEEPING = "housekeeping"


# (end of the file, function) -> how a student knows the call, "" where the student's line says it best.
# The one next to the student's line counts.
CALLS: Mapping[tuple[str, str], str] = {
    ("multiprocessing/queues.py", "get"): "Queue.get()",
    ("multiprocessing/queues.py", "put"): "Queue.put()",
    ("multiprocessing/queues.py", "empty"): "",
    ("multiprocessing/queues.py", "full"): "",
    ("multiprocessing/queues.py", "join"): "JoinableQueue.join()",
    ("multiprocessing/queues.py", "join_thread"): "Queue.join_thread()",
    ("multiprocessing/process.py", "join"): "Process.join()",
    ("multiprocessing/pool.py", "get"): "AsyncResult.get()",
    ("multiprocessing/pool.py", "wait"): "AsyncResult.wait()",
    ("multiprocessing/pool.py", "map"): "Pool.map()",
    ("multiprocessing/pool.py", "starmap"): "Pool.starmap()",
    ("multiprocessing/pool.py", "apply"): "Pool.apply()",
    ("multiprocessing/pool.py", "next"): "Pool.imap()",
    ("multiprocessing/pool.py", "join"): "Pool.join()",
    ("multiprocessing/connection.py", "recv"): "Connection.recv()",
    ("multiprocessing/connection.py", "recv_bytes"): "Connection.recv_bytes()",
    ("multiprocessing/connection.py", "send"): "Connection.send()",
    ("multiprocessing/connection.py", "send_bytes"): "Connection.send_bytes()",
    ("multiprocessing/connection.py", "poll"): "Connection.poll()",
    ("multiprocessing/connection.py", "accept"): "Listener.accept()",
    ("multiprocessing/connection.py", "wait"): "connection.wait()",
    ("multiprocessing/synchronize.py", "wait"): "",
    ("multiprocessing/synchronize.py", "wait_for"): "",
    ("multiprocessing/synchronize.py", "__enter__"): "",
    ("multiprocessing/managers.py", "_callmethod"): "",
    ("threading.py", "join"): "Thread.join()",
    ("threading.py", "wait"): "",
    ("queue.py", "get"): "queue.Queue.get()",
    ("queue.py", "put"): "queue.Queue.put()",
    ("queue.py", "join"): "queue.Queue.join()",
    ("concurrent/futures/_base.py", "result"): "Future.result()",
    ("concurrent/futures/_base.py", "result_iterator"): "Executor.map()",
    ("concurrent/futures/_base.py", "__exit__"): "Executor.shutdown()",
    ("subprocess.py", "wait"): "Popen.wait()",
    ("subprocess.py", "communicate"): "Popen.communicate()",
    ("socket.py", "accept"): "socket.accept()",
    ("asyncio/runners.py", "run"): "asyncio.run()",
}
ROLES: Mapping[tuple[str, str], Role] = {
    ("multiprocessing/queues.py", "_feed"): Role.FEEDER,
    ("multiprocessing/pool.py", "worker"): Role.POOL_WORKER,
    ("multiprocessing/pool.py", "_handle_workers"): Role.POOL,
    ("multiprocessing/pool.py", "_handle_tasks"): Role.POOL,
    ("multiprocessing/pool.py", "_handle_results"): Role.POOL,
    ("concurrent/futures/process.py", "_process_worker"): Role.POOL_WORKER,
    ("concurrent/futures/process.py", "run"): Role.POOL,
    ("multiprocessing/managers.py", "serve_forever"): Role.SERVER,
    ("multiprocessing/managers.py", "accepter"): Role.SERVER,
    ("multiprocessing/managers.py", "serve_client"): Role.SERVER,
    ("multiprocessing/managers.py", "handle_request"): Role.SERVER,
    ("multiprocessing/managers.py", "_handle_request"): Role.SERVER,
    ("multiprocessing/resource_tracker.py", "main"): Role.HOUSEKEEPING,
    ("multiprocessing/forkserver.py", "main"): Role.HOUSEKEEPING,
}
EXIT = {"_exit_function", "_shutdown", "_run_finalizers"}


@dataclass(frozen=True, slots=True)
class Held:
    """A `with` block around a line: what it holds and the line it begins in."""

    what: str
    line: int


@dataclass(frozen=True, slots=True)
class Position:
    """Where a thread is: `call` as a student knows it, `function` the outermost one of the student's."""

    call: str = ""
    line: int | None = None
    function: str = ""
    role: Role | None = None
    wants: str = ""
    held: tuple[Held, ...] = ()
    at_exit: bool = False
    repeated: bool = False


OF_LOCKS = {
    *("acquire", "release", "locked", "wait", "wait_for", "notify", "notify_all", "get_value"),
    *("value", "get_obj", "get_lock"),  # of what has a lock of its own, and can stand in a `with`
}


def position(stack: Stack, name: str, text: str) -> Position:
    """Where the thread with this stack is in the student's file, of which `name` is how its path ends."""
    own = [frame for frame in stack if frame.file.endswith(name)]
    role = next((ROLES[key] for frame in stack for key in ROLES if _is(frame, key)), None)
    at_exit = any(frame.function in EXIT for frame in stack)
    if not own:
        return Position(_call(stack, ""), role=role, at_exit=at_exit)
    inner = own[0]
    lines = text.splitlines()
    line = lines[inner.line - 1].strip() if 0 < inner.line <= len(lines) else ""
    tree = tree_of(text)
    # A condition lets its lock go while it is waited for.
    held = tuple(
        held
        for frame in own
        for held in (*_held(tree, frame.line), *_acquired(tree, frame.line))
        if not line.startswith(f"{held.what}.wait")
    )
    return Position(
        call=_call(stack[: stack.index(inner)], line),
        line=inner.line,
        function=own[-1].function,
        role=role,
        wants=_wanted(tree, inner.line),
        held=held,
        at_exit=at_exit,
        repeated=loops_of(text).is_repeated(inner.line),
    )


def _call(above: Iterable[Frame], line: str) -> str:
    """The library's function next to the student's line, else what the line says."""
    for frame in reversed(tuple(above)):
        for key, name in CALLS.items():
            if _is(frame, key):
                return name or _short(line)
    return _short(line)


def _short(line: str) -> str:
    return line if len(line) <= LONGEST_CALL else line[: LONGEST_CALL - 1] + "…"


def _is(frame: Frame, key: tuple[str, str]) -> bool:
    return frame.function == key[1] and frame.file.endswith("/" + key[0])


def _held(tree: ast.Module, line: int) -> Iterator[Held]:
    """The `with` blocks that the line stands in, their first lines not among them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.With) and node.body[0].lineno <= line <= (node.end_lineno or 0):
            yield from (
                Held(ast.unparse(item.context_expr), node.lineno)
                for item in node.items
                if not isinstance(item.context_expr, ast.Call) or _method(item.context_expr) == "get_lock"
                if _attributes(_function_around(tree, line) or tree, ast.unparse(item.context_expr)) <= OF_LOCKS
            )


def _attributes(tree: ast.AST, name: str) -> set[str]:
    """What is asked there of something by this name: a connection that is sent through is no lock."""
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return {node.attr for node in nodes if ast.unparse(node.value) == name}


def _acquired(tree: ast.Module, line: int) -> Iterator[Held]:
    """What the function around the line has taken with `acquire()` above it, and not released since."""
    inner = _function_around(tree, line)
    taken: dict[str, int] = {}
    calls = [node for node in ast.walk(inner) if isinstance(node, ast.Call) and node.lineno < line] if inner else []
    for call in sorted(calls, key=lambda call: call.lineno):
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"acquire", "release"} and not call.args:
            taken.pop(ast.unparse(call.func.value), None)
            if call.func.attr == "acquire":
                taken[ast.unparse(call.func.value)] = call.lineno
    yield from (Held(what, at) for what, at in taken.items())


def _function_around(tree: ast.Module, line: int) -> ast.FunctionDef | None:
    """The innermost: elsewhere the same name may stand for something else."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and _spans(node, line)]
    return max(functions, key=lambda node: node.lineno, default=None)


def _spans(node: ast.FunctionDef, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or 0)


def _wanted(tree: ast.Module, line: int) -> str:
    """What the line wants to take: of `with lock:` or `lock.acquire()` the lock."""
    for node in ast.walk(tree):
        if isinstance(node, ast.With):
            for item in node.items:
                if item.context_expr.lineno == line and not isinstance(item.context_expr, ast.Call):
                    return ast.unparse(item.context_expr)
        if isinstance(node, ast.Call) and node.lineno == line and _method(node) == "acquire":
            return ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
    return ""


def _method(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""
