"""Places in a syntax tree, and changes of one of them that can be taken back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

SHOWN = 100


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A node as a child of its owner; `index` is None where the field holds one node."""

    owner: ast.AST
    field: str
    index: int | None
    node: ast.AST

    @property
    def siblings(self) -> list[ast.AST]:
        """The list that the node stands in; itself alone where it stands in none."""
        return [self.node] if self.index is None else list(getattr(self.owner, self.field))


@dataclass(frozen=True, slots=True, eq=False)
class Edit:
    """A change of one field; `site` is the text it is about, as the reader of the solution finds it."""

    owner: ast.AST
    field: str
    value: object
    site: str
    line: int

    def swap(self) -> Edit:
        """Make the change; what comes back takes it back."""
        before = getattr(self.owner, self.field)
        setattr(self.owner, self.field, self.value)
        return Edit(self.owner, self.field, before, self.site, self.line)


def places(tree: ast.AST) -> Iterator[Place]:
    """Every node below `tree`."""
    for owner in ast.walk(tree):
        for field, value in ast.iter_fields(owner):
            if isinstance(value, ast.AST):
                yield Place(owner, field, None, value)
            elif isinstance(value, list):
                yield from (Place(owner, field, i, node) for i, node in enumerate(value) if isinstance(node, ast.AST))


def instead(place: Place, *new: ast.AST, also: int = 0) -> Edit:
    """Put `new` in the place of the node, and of so many that follow it; an empty block says `pass`."""
    if place.index is None:
        return Edit(place.owner, place.field, new[0], text_of(place.node), line_of(place.node))
    before = place.siblings
    after = [*before[: place.index], *new, *before[place.index + 1 + also :]]
    if not after and isinstance(place.node, ast.stmt):
        after = [ast.Pass()]
    return Edit(place.owner, place.field, after, text_of(place.node), line_of(place.node))


def altered(node: ast.AST, field: str, value: object) -> Edit:
    """Give one field of the node another value."""
    return Edit(node, field, value, text_of(node), line_of(node))


def text_of(node: ast.AST) -> str:
    """The first line of the node's source."""
    return ast.unparse(node).partition("\n")[0][:SHOWN]


def line_of(node: ast.AST) -> int:
    """Where it begins."""
    return int(getattr(node, "lineno", 0))


def expression(source: str) -> ast.expr:
    """The node of an expression."""
    return ast.parse(source, mode="eval").body


def statement(source: str) -> ast.stmt:
    """The node of a statement."""
    return ast.parse(source).body[0]
