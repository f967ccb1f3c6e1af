"""Ways to break a right program as students break theirs: each is a function that finds the places it can break."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator

from grader.authoring.edits import Edit, Place, altered, expression, instead, statement

Operator = Callable[[Place], Iterator[Edit]]

ENDINGS = frozenset(
    {"join", "close", "task_done", "release", "set", "notify", "notify_all", "terminate", "kill", "unlink", "flush"}
    | {"cancel_join_thread", "join_thread", "cancel", "shutdown"}
)
NUMBERS = frozenset(
    {"workers", "consumers", "readers", "limit", "capacity", "times", "count", "rounds", "phases", "bins", "length"}
)
WAITS = frozenset({"get", "put", "acquire", "join", "wait", "poll", "wait_for", "recv", "result"})
ORDERED = {"map": "imap_unordered", "imap": "imap_unordered"}
WITHOUT_WAITING = {"put": "put_nowait", "get": "get_nowait"}
NEW_LOCK = "__import__('multiprocessing').Lock()"
WEAKER = {"notify_all": "notify", "kill": "terminate"}


def drop_with(place: Place) -> Iterator[Edit]:
    """`with lock:` is gone, its body is not."""
    if isinstance(place.node, ast.With) and not any(item.optional_vars for item in place.node.items):
        yield instead(place, *place.node.body)


def leave_with_early(place: Place) -> Iterator[Edit]:
    """The first or the last statement of a `with` block stands outside."""
    match place.node:
        case ast.With(items=items, body=[first, *rest]) if rest and not any(item.optional_vars for item in items):
            yield instead(place, first, ast.With(items=items, body=rest))
            yield instead(place, ast.With(items=items, body=place.node.body[:-1]), place.node.body[-1])


def release_without_finally(place: Place) -> Iterator[Edit]:
    """`with lock:` becomes acquire and release: an exception in between keeps the lock."""
    match place.node:
        case ast.With(items=[ast.withitem(context_expr=lock, optional_vars=None)], body=body) if _is_name(lock):
            name = ast.unparse(lock)
            yield instead(place, statement(f"{name}.acquire()"), *body, statement(f"{name}.release()"))


def swap_locks(place: Place) -> Iterator[Edit]:
    """Two locks are taken in the other order."""
    match place.node:
        case ast.With(items=[first, second], body=body):
            yield instead(place, ast.With(items=[second, first], body=body))
        case ast.With(items=[outer], body=[ast.With(items=[inner], body=body)]):
            yield instead(place, ast.With(items=[inner], body=[ast.With(items=[outer], body=body)]))
        case ast.Expr() if _called(place.node) == "acquire" and place.index is not None:
            following = place.siblings[place.index + 1 : place.index + 2]
            if following and _called(following[0]) == "acquire":
                yield instead(place, following[0], place.node, also=1)


def drop_ending(place: Place) -> Iterator[Edit]:
    """`join`, `close`, `task_done`, `release` and their like are forgotten."""
    if isinstance(place.node, ast.Expr) and _called(place.node) in ENDINGS:
        yield instead(place)


def drop_sentinel(place: Place) -> Iterator[Edit]:
    """Nobody is told that there is nothing left."""
    match place.node:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="put" | "send"), args=[argument])):
            if isinstance(argument, ast.Constant) or (isinstance(argument, ast.Name) and argument.id.isupper()):
                yield instead(place)


def drop_timeout(place: Place) -> Iterator[Edit]:
    """A wait with a limit becomes one without."""
    match place.node:
        case ast.Call(func=ast.Attribute(attr=attr), args=args, keywords=keywords) if attr in WAITS:
            for keyword in keywords:
                if keyword.arg == "timeout":
                    yield altered(place.node, "keywords", [one for one in keywords if one is not keyword])
            if args and attr in {"join", "wait", "poll", "result", "acquire"}:
                yield altered(place.node, "args", args[:-1])


def timeout_to_none(place: Place) -> Iterator[Edit]:
    """A limit of None waits for ever."""
    match place.node:
        case ast.keyword(arg="timeout", value=value) if not _is_constant(value):
            yield altered(place.node, "value", ast.Constant(None))


def as_it_finishes(place: Place) -> Iterator[Edit]:
    """Results come in the order in which they are ready."""
    match place.node:
        case ast.Call(func=ast.Attribute(value=pool, attr=attr), args=args) if attr in ORDERED and len(args) > 1:
            call = ast.Call(func=ast.Attribute(value=pool, attr=ORDERED[attr]), args=args, keywords=[])
            yield instead(place, ast.Call(func=ast.Name("list"), args=[call], keywords=[]))


def one_after_another(place: Place) -> Iterator[Edit]:
    """Each process is waited for before the next one starts."""
    if isinstance(place.node, ast.For):
        for name in [ast.unparse(method.value) for method in _methods(place.node.body, "start")]:
            yield altered(place.node, "body", [*place.node.body, statement(f"{name}.join()")])


def lambda_target(place: Place) -> Iterator[Edit]:
    """What a process shall do cannot be pickled."""
    match place.node:
        case ast.keyword(arg="target", value=value) if not isinstance(value, ast.Lambda):
            name = ast.unparse(value)
            yield altered(place.node, "value", expression(f"lambda *given, **named: {name}(*given, **named)"))


def lock_of_its_own(place: Place) -> Iterator[Edit]:
    """A function makes a new lock in the place of the one it got."""
    match place.node:
        case ast.FunctionDef(args=ast.arguments(args=args), body=body):
            for name in [one.arg for one in args if one.arg == "lock"]:
                fresh = statement(f"{name} = {NEW_LOCK}")
                yield altered(place.node, "body", [fresh, *body])


def lock_of_the_module(place: Place) -> Iterator[Edit]:
    """The lock is made when the module is imported: another one in each spawned process."""
    match place.node:
        case ast.FunctionDef(args=ast.arguments(args=args), body=body):
            for name in [one.arg for one in args if one.arg == "lock"]:
                function, arguments = copy.copy(place.node), copy.copy(place.node.args)
                arguments.kwonlyargs = [*arguments.kwonlyargs, ast.arg(arg=f"module_{name}")]
                arguments.kw_defaults = [*arguments.kw_defaults, expression(NEW_LOCK)]
                function.args, function.body = arguments, [statement(f"{name} = module_{name}"), *body]
                yield instead(place, function)


def drop_finally(place: Place) -> Iterator[Edit]:
    """What has to be done in any case is done only if all goes well."""
    match place.node:
        case ast.Try(body=body, handlers=[], orelse=orelse, finalbody=[_, *_] as last):
            yield instead(place, *body, *orelse, *last)
        case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=[_, *_] as last):
            yield instead(place, ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=[]), *last)


def drop_handler(place: Place) -> Iterator[Edit]:
    """An exception that was foreseen is not caught."""
    match place.node:
        case ast.Try(body=body, handlers=[_, *_], orelse=orelse, finalbody=last):
            whole = [ast.Try(body=[*body, *orelse], handlers=[], orelse=[], finalbody=last)] if last else body + orelse
            yield instead(place, *whole)


def wait_once(place: Place) -> Iterator[Edit]:
    """`while` becomes `if` around a wait: a wake-up is taken for the condition."""
    match place.node:
        case ast.While(test=test, body=body) if any(_methods(body, name) for name in WAITS):
            yield instead(place, ast.If(test=test, body=body, orelse=[]))


def weaker_call(place: Place) -> Iterator[Edit]:
    """`notify_all` becomes `notify`, `kill` becomes `terminate`."""
    match place.node:
        case ast.Attribute(attr=attr) if attr in WEAKER:
            yield altered(place.node, "attr", WEAKER[attr])


def without_waiting(place: Place) -> Iterator[Edit]:
    """`put` and `get` give up at once."""
    match place.node:
        case ast.Call(func=ast.Attribute(value=queue, attr=attr), args=args, keywords=[]) if attr in WITHOUT_WAITING:
            if len(args) == (1 if attr == "put" else 0):
                func = ast.Attribute(value=queue, attr=WITHOUT_WAITING[attr])
                yield altered(place.node, "func", func)


def off_by_one(place: Place) -> Iterator[Edit]:
    """One worker, one sentinel, one slot too few or too many."""
    match place.node:
        case ast.Call(func=ast.Name(id="range") | ast.Attribute(), args=[ast.Name(id=name)]) if name in NUMBERS:
            yield altered(place.node, "args", [expression(f"{name} - 1")])
            yield altered(place.node, "args", [expression(f"{name} + 1")])
        case ast.keyword(arg=str(), value=ast.Name(id=name)) if name in NUMBERS:
            yield altered(place.node, "value", expression(f"{name} + 1"))


def daemon(place: Place) -> Iterator[Edit]:
    """Children are ended with their parent, finished or not."""
    match place.node:
        case ast.Call(func=ast.Attribute(attr="Process") | ast.Name(id="Process"), keywords=keywords):
            if not any(keyword.arg == "daemon" for keyword in keywords):
                made = ast.keyword(arg="daemon", value=ast.Constant(value=True))
                yield altered(place.node, "keywords", [*keywords, made])


def falsy_is_none(place: Place) -> Iterator[Edit]:
    """`is None` becomes `not`: 0, "" and [] are taken for the end."""
    match place.node:
        case ast.Compare(left=left, ops=[ast.Is()], comparators=[ast.Constant(value=None)]):
            yield instead(place, ast.UnaryOp(op=ast.Not(), operand=left))
        case ast.Compare(left=left, ops=[ast.IsNot()], comparators=[ast.Constant(value=None)]):
            yield instead(place, left)


def unbounded(place: Place) -> Iterator[Edit]:
    """A queue or semaphore without its bound."""
    match place.node:
        case ast.Call(func=ast.Attribute(attr="Queue" | "JoinableQueue"), args=[_, *_]):
            yield altered(place.node, "args", [])


def _called(node: ast.AST) -> str:
    match node:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=attr))):
            return attr
    return ""


def _methods(body: list[ast.stmt], name: str) -> list[ast.Attribute]:
    """What is called by that name somewhere in the statements."""
    calls = [node for one in body for node in ast.walk(one) if isinstance(node, ast.Call)]
    return [call.func for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == name]


def _is_name(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Attribute | ast.Subscript)


def _is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)


OPERATORS: tuple[Operator, ...] = (
    drop_with,
    leave_with_early,
    release_without_finally,
    swap_locks,
    drop_ending,
    drop_sentinel,
    drop_timeout,
    timeout_to_none,
    as_it_finishes,
    one_after_another,
    lambda_target,
    lock_of_its_own,
    lock_of_the_module,
    drop_finally,
    drop_handler,
    wait_once,
    weaker_call,
    without_waiting,
    off_by_one,
    daemon,
    falsy_is_none,
    unbounded,
)
