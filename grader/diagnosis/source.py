"""The student's source, read and never run: where things stand in it, whatever its state."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cached_property

from grader.trees import tree_of

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Source:
    """A file of the student. One that cannot be parsed has no functions and no lines: every answer is empty."""

    def __init__(self, text: str) -> None:
        self.tree = tree_of(text)
        self._nodes: dict[tuple[str, ...], tuple[ast.AST, ...]] = {}  # every rule asks for the same ones

    @cached_property
    def definitions(self) -> dict[str, Function | ast.ClassDef]:
        """Functions and classes at the top of the file, by name."""
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        return {node.name: node for node in self.tree.body if isinstance(node, kinds)}

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """For each node the one it stands in."""
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that the file gives to something at its top."""
        bound = [*self.imported]
        targets = (target for node in self.tree.body if isinstance(node, ast.Assign) for target in node.targets)
        bound += [target.id for target in targets if isinstance(target, ast.Name)]
        return (*self.definitions, *bound)

    @property
    def imported(self) -> tuple[str, ...]:
        """Those of them that stand for something of another module, or for the module."""
        imports = (alias for node in self.tree.body for alias in getattr(node, "names", ()))
        return tuple(alias.asname or alias.name for alias in imports if isinstance(alias, ast.alias))

    def function(self, name: str) -> Function | None:
        """The function of that name at the top of the file."""
        found = self.definitions.get(name)
        return None if isinstance(found, ast.ClassDef) else found

    def line_of(self, name: str) -> int | None:
        """Where that function or class begins."""
        found = self.definitions.get(name)
        return found.lineno if found else None

    def parameters(self, name: str) -> tuple[str, ...]:
        """The names of the parameters of that function."""
        found = self.function(name)
        if found is None:
            return ()
        arguments = found.args
        plain = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        return tuple(argument.arg for argument in plain)

    def is_untouched(self, name: str) -> bool:
        """Whether that function is still what the stub gave: nothing but NotImplementedError, `pass` or `...`."""
        found = self.function(name)
        return found is not None and all(_says_nothing(statement) for statement in found.body)

    def nodes(self, functions: Iterable[str] = ()) -> Iterator[ast.AST]:
        """Every node of these functions and of what they use; of the whole file if it defines none of them."""
        key = tuple(functions)
        if key not in self._nodes:
            reached: list[ast.AST] = [self.definitions[name] for name in self.reached(key)]
            self._nodes[key] = tuple(node for top in reached or [self.tree] for node in ast.walk(top))
        return iter(self._nodes[key])

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """What the node stands in, from the inside out, up to its function."""
        while (outer := self.parents.get(node)) is not None and not isinstance(outer, ast.Module):
            yield outer
            if isinstance(outer, Function):
                return
            node = outer

    def reached(self, functions: Iterable[str]) -> list[str]:
        """The names of these functions and of what they use, as far as the top of the file defines them."""
        wanted = [name for name in functions if name in self.definitions]
        for name in wanted:
            mentioned = (node.id for node in ast.walk(self.definitions[name]) if isinstance(node, ast.Name))
            wanted += dict.fromkeys(name for name in mentioned if name in self.definitions and name not in wanted)
        return wanted


def _says_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Raise(exc=ast.Name(id="NotImplementedError") | ast.Call(func=ast.Name(id="NotImplementedError"))):
            return True
        case ast.Return(value=None | ast.Constant(value=None)):
            return True
    return False
