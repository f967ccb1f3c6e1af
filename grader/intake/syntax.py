"""The first reason why Python would refuse to compile a file, found without compiling it.

`compile` itself is not used: twenty nested `finally` blocks make it copy their body a million times, in our process.
"""

from __future__ import annotations

import ast
import symtable
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from grader.intake.python_words import no_python
from grader.model.message import Message, say

FILE = "<submission>"
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Loop = ast.For | ast.AsyncFor | ast.While


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntaxMistake:
    """What is wrong, in Python's words, and on which line."""

    message: Message
    line: int | None


def first_error(source: str) -> SyntaxMistake | None:
    """What Python would say before it runs the first line, or None."""
    if "\0" in source:
        line = source.count("\n", 0, source.index("\0")) + 1
        return SyntaxMistake(message=say("the file contains a NUL byte"), line=line)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source, FILE)
            symtable.symtable(source, FILE, "exec")
    except SyntaxError as error:
        return _mistake(error.msg, error.lineno)
    except (RecursionError, MemoryError):
        return SyntaxMistake(message=say("the file is nested too deeply for Python"), line=None)
    except (ValueError, OverflowError) as error:
        return _mistake(str(error), None)
    return next(_out_of_place(tree), None)


def _mistake(reason: str, line: int | None) -> SyntaxMistake:
    return SyntaxMistake(message=no_python(reason), line=line)


def _out_of_place(tree: ast.Module) -> Iterator[SyntaxMistake]:
    """`return` outside a function and its like: the parser lets them pass, the compiler does not."""
    todo: list[tuple[ast.AST, str]] = [(tree, "module")]
    while todo:
        node, around = todo.pop()
        match node:
            case ast.Return() | ast.Yield() | ast.YieldFrom() | ast.Await() if around in {"module", "module loop"}:
                word = {ast.Return: "return", ast.Await: "await"}.get(type(node), "yield")
                yield _mistake(f"'{word}' outside function", node.lineno)
            case ast.Break() if not around.endswith("loop"):
                yield _mistake("'break' outside loop", node.lineno)
            case ast.Continue() if not around.endswith("loop"):
                yield _mistake("'continue' not properly in loop", node.lineno)
            case ast.Call(keywords=keywords) | ast.ClassDef(keywords=keywords):
                yield from _repeated(keywords)
        todo.extend((child, inner) for child, inner in _children(node, around))


def _repeated(keywords: list[ast.keyword]) -> Iterator[SyntaxMistake]:
    seen: set[str] = set()
    for keyword in keywords:
        if keyword.arg in seen:
            yield _mistake(f"keyword argument repeated: {keyword.arg}", keyword.lineno)
        seen |= {keyword.arg} if keyword.arg else set()


def _children(node: ast.AST, around: str) -> Iterator[tuple[ast.AST, str]]:
    """The parts of a node, last first since they are taken from the end, each with what is around it."""
    body = "function" if isinstance(node, Function) else "module" if isinstance(node, ast.ClassDef) else around
    repeated = around.removesuffix(" loop") + " loop" if isinstance(node, Loop) else body
    outside = {"decorator_list", "returns", "args", "orelse", "bases", "keywords", "iter", "target", "test"}
    for name, value in reversed(list(ast.iter_fields(node))):
        inner = around if name in outside and isinstance(node, Function | Loop | ast.ClassDef) else repeated
        parts = value if isinstance(value, list) else [value]
        yield from ((part, inner) for part in reversed(parts) if isinstance(part, ast.AST))
