"""How calls stand in a syntax tree: their names, their arguments, what they stand in."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator

from grader.diagnosis.source import Function, Source

Names = Collection[str]
Lines = tuple[int, ...]

LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def lines_of(nodes: Iterable[ast.AST]) -> Lines:
    """Where the nodes begin, in order, each line once."""
    found = (getattr(node, "lineno", 0) for node in nodes)
    return tuple(sorted(dict.fromkeys(line for line in found if line)))


def calls_in(source: Source, functions: Names) -> Iterator[ast.Call]:
    """Every call in these functions and in what they use."""
    return (node for node in source.nodes(functions) if isinstance(node, ast.Call))


def calls_of_each(source: Source, functions: Names) -> Iterator[list[ast.Call]]:
    """The calls of each function that is reached, by function."""
    for function in (node for node in source.nodes(functions) if isinstance(node, Function)):
        yield [node for node in ast.walk(function) if isinstance(node, ast.Call)]


def calls_of(source: Source, functions: Names, *names: str) -> Lines:
    """Lines that call a function or a method of one of these names."""
    return lines_of(call for call in calls_in(source, functions) if called_name(call) in names)


def method_of(call: ast.Call) -> str:
    """The name of the method that is called, "" for a plain function."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def called_name(call: ast.Call) -> str:
    """The name of what is called, function or method."""
    return call.func.id if isinstance(call.func, ast.Name) else method_of(call)


def receiver_of(call: ast.Call) -> str:
    """The variable whose method is called, "" if it is none."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    return owner.id if isinstance(owner, ast.Name) else ""


def arguments_of(call: ast.Call) -> list[ast.expr]:
    """All arguments, named or not."""
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def keyword_of(call: ast.Call, name: str) -> ast.expr | None:
    """The value of a named argument."""
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def is_named(node: ast.AST, *names: str) -> bool:
    """Whether the node is one of these variables."""
    return isinstance(node, ast.Name) and node.id in names


def is_false(node: ast.expr) -> bool:
    """Whether the node is the constant False."""
    return isinstance(node, ast.Constant) and node.value is False


def loop_around(source: Source, node: ast.AST) -> ast.AST | None:
    """The innermost loop of the function around the node."""
    return next((outer for outer in source.around(node) if isinstance(outer, LOOPS)), None)


def in_loop(source: Source, node: ast.AST) -> bool:
    """Whether the node is repeated."""
    return loop_around(source, node) is not None


def in_finally(source: Source, call: ast.Call) -> bool:
    """Whether the call is made however its block is left."""
    inner: ast.AST = call
    for outer in source.around(call):
        if isinstance(outer, ast.Try) and inner in outer.finalbody:
            return True
        inner = outer
    return False


def receives(call: ast.Call) -> bool:
    """Whether the call takes something from a queue or a connection."""
    return method_of(call) in {"get", "get_nowait", "recv"}


def received_names(node: ast.AST) -> list[str]:
    """The variable that what was received is put into here, if any is."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call) if receives(call):
            return [name]
        case ast.NamedExpr(target=ast.Name(id=name), value=ast.Call() as call) if receives(call):
            return [name]
    return []
