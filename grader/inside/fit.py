"""Whether a function can be called with given arguments, told without importing `inspect` where that is plain.

`inspect` brings ast, dis and tokenize: a fifth of what a spawned child needs to start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import FunctionType
from typing import Any

VARIABLE = 0x04 | 0x08  # CO_VARARGS, CO_VARKEYWORDS: the code takes any number of arguments (inspect module docs)


def misfit(function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[str, str] | None:
    """The signature and what is wrong with the call; None if it fits, or if nothing can be known."""
    if _plainly_fits(function, args, kwargs):
        return None
    import inspect

    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return None
    try:
        signature.bind(*args, **kwargs)
    except TypeError as error:
        return str(signature)[:300], str(error)[:300]
    return None


def _plainly_fits(function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> bool:
    """Whether every parameter of an ordinary function gets exactly one value; False means `look closer`."""
    if type(function) is not FunctionType or vars(function):  # it may be wrapped, or pretend a signature
        return False
    code = function.__code__
    if code.co_flags & VARIABLE or code.co_kwonlyargcount or code.co_posonlyargcount:
        return False
    names = code.co_varnames[: code.co_argcount]
    given = {*names[: len(args)], *kwargs}
    required = names[: len(names) - len(function.__defaults__ or ())]
    return len(given) == len(args) + len(kwargs) and given.issuperset(required) and given.issubset(names)
