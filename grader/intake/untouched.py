"""Whether two files are the same program, whatever they say of themselves in docstrings and comments."""

from __future__ import annotations

import ast
from itertools import zip_longest

from grader.trees import tree_of

FAR = 64 * 1024  # characters: what is longer is no stub with another text; then nothing is parsed
DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
NOTHING = object()  # beside a node or a value that has no counterpart


def same_program(text: str, stub: str) -> bool:
    """Whether both are Python with the same syntax tree but for docstrings; what cannot be parsed never is."""
    if len(text) > FAR + len(stub):
        return False
    mine = tree_of(text)
    return bool(mine.body) and first_difference(mine, tree_of(stub)) is None


def first_difference(mine: ast.Module, other: ast.Module) -> int | None:
    """The line of `mine` where they begin to differ in more than docstrings, None if they never do.

    Both trees are walked without recursion, and only as far as they are the same: one of them may be a stranger's.
    """
    todo: list[tuple[object, object, int]] = [(mine, other, 1)]
    while todo:
        one, two, line = todo.pop()
        line = getattr(one, "lineno", line)
        if type(one) is not type(two):
            return line
        parts = _parts(one), _parts(two)
        if all(part is None for part in parts) and one != two:
            return line
        pairs = zip_longest(parts[0] or (), parts[1] or (), fillvalue=NOTHING)
        todo += [(first, second, line) for first, second in reversed(list(pairs))]
    return None


def _parts(one: object) -> list[object] | None:
    """What a list or a node holds, in order and without its docstring; None for what is neither."""
    if isinstance(one, list):
        return one
    if not isinstance(one, ast.AST):
        return None
    fields = dict(ast.iter_fields(one))
    if _has_docstring(one):
        fields["body"] = fields["body"][1:]
    return list(fields.values())


def _has_docstring(node: ast.AST) -> bool:
    if not isinstance(node, DOCUMENTED) or not node.body:
        return False
    first = node.body[0]
    return isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
