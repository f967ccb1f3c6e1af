"""The syntax tree of a text that anybody may have written: without a warning, without an exception, without end."""

from __future__ import annotations

import ast
import warnings

LONGEST = 400_000  # characters; a longer text is not looked at


def tree_of(text: str) -> ast.Module:
    """The tree of the text; one that holds nothing where it is no Python, or too long."""
    if len(text) <= LONGEST:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(text)
        except (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError):
            pass
    return ast.Module(body=[], type_ignores=[])
