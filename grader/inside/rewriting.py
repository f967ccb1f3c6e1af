"""The program's modules as explored episodes load them: whatever may touch shared memory goes through `inside.views`.

    view[i] += 1      ->  on(view)[i] += 1
    counter.value     ->  on(counter).value
    unpack(form, m)   ->  calls(unpack)(form, m)
    for x in view     ->  for x in iterates(view)

Lines stay what they are; nothing is evaluated more often, or in another order. Free runs load the source unchanged.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType
from typing import Any

from . import views

MARKS = (b"mmap", b"hared_memory", b"haredMemory", b"hareableList", b"memoryview", b"from_buffer", b"ctypes")
PREFIX = "__turns_{}__"
FUNCTIONS = {PREFIX.format(name): getattr(views, name) for name in ("on", "calls", "iterates", "looks")}


def install(*modules: str) -> None:
    """Rewrite these modules when they are imported."""
    sys.meta_path.insert(0, _Finder(modules))


class _Finder:
    """Finds the modules that are to be rewritten where they lie."""

    def __init__(self, modules: Sequence[str]) -> None:
        self.modules = modules

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """The spec with a loader that rewrites; None where there is nothing to rewrite."""
        if name not in self.modules:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or not isinstance(spec.loader, SourceFileLoader):
            return None
        source = spec.loader.get_data(spec.loader.path)
        if not any(mark in source for mark in MARKS):
            return None  # it has no view of shared memory that it could touch
        spec.loader = _Loader(name, spec.loader.path)
        return spec


class _Loader(SourceFileLoader):
    """Compiles anew each time: what is cached is the code of free runs."""

    def get_code(self, _fullname: str) -> CodeType:
        """The rewritten code."""
        return compiled(self.get_data(self.path), self.path)

    def exec_module(self, module: ModuleType) -> None:
        """Run the code with the functions that it was rewritten to call."""
        vars(module).update(FUNCTIONS)
        super().exec_module(module)


def compiled(source: bytes, path: str) -> CodeType:
    """The code of a module, rewritten; as it is where it is too deep to be rewritten."""
    try:
        tree = ast.parse(source, path)
        _Rewriter().visit(tree)
        return compile(tree, path, "exec", dont_inherit=True)
    except (RecursionError, MemoryError):
        return compile(source, path, "exec", dont_inherit=True)


class _Rewriter(ast.NodeTransformer):
    """Annotations and patterns stay: they are no accesses, and have a syntax of their own."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        node.value = _through("on", node.value)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        node.value = _through("on", node.value)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        node.func = _through("calls", node.func)
        return node

    def visit_For(self, node: ast.For) -> ast.AST:
        self.generic_visit(node)
        node.iter = _through("iterates", node.iter)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        if not node.is_async:
            node.iter = _through("iterates", node.iter)
        return node

    def visit_Starred(self, node: ast.Starred) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Load):
            node.value = _through("iterates", node.value)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        self.generic_visit(node)
        if any(isinstance(target, ast.Tuple | ast.List) for target in node.targets):
            node.value = _through("iterates", node.value)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        node.left = _looked_at(node.left)
        node.comparators = [_looked_at(operand) for operand in node.comparators]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.target = self.visit(node.target)
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._definition(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._definition(node)

    def _definition(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        node.args = self.visit(node.args)
        node.body = [self.visit(statement) for statement in node.body]
        node.decorator_list = [self.visit(decorator) for decorator in node.decorator_list]
        return node

    def visit_match_case(self, node: ast.match_case) -> ast.AST:
        node.guard = self.visit(node.guard) if node.guard else None
        node.body = [self.visit(statement) for statement in node.body]
        return node

    def visit_TypeAlias(self, node: ast.AST) -> ast.AST:
        return node


def _looked_at(operand: ast.expr) -> ast.expr:
    """Only a name or an attribute can be a view: everything else is a new object."""
    return _through("looks", operand) if isinstance(operand, ast.Name | ast.Attribute) else operand


def _through(function: str, node: ast.expr) -> ast.expr:
    if isinstance(node, ast.Constant | ast.JoinedStr):
        return node
    name = ast.copy_location(ast.Name(id=PREFIX.format(function), ctx=ast.Load()), node)
    return ast.copy_location(ast.Call(func=name, args=[node], keywords=[]), node)
