"""A call that cannot be made is told before it is made, in the words of `inspect`; one that can be made is made."""

from __future__ import annotations

import functools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.inside.fit import misfit

INSIDE = Path(__file__).parents[2] / "grader"


def plain(counter: object, lock: object, times: int = 1) -> None:
    """An ordinary function."""


def keyword_only(*, times: int) -> None:
    """By keyword only."""


def positional_only(times: int, /) -> None:
    """By position only."""


def anything(*_args: object, **_kwargs: object) -> None:
    """Whatever is given."""


@functools.wraps(plain)
def wrapped(*_args: object, **_kwargs: object) -> None:
    """Pretends the signature of another."""


class Caller:
    """An instance that can be called."""

    def __call__(self, times: int) -> None:
        """Be called."""


@pytest.mark.parametrize(
    ("function", "args", "kwargs"),
    [
        (plain, (1, 2), {}),
        (plain, (1, 2, 3), {}),
        (plain, (1,), {"lock": 2}),
        (plain, (), {"counter": 1, "lock": 2, "times": 3}),
        (keyword_only, (), {"times": 3}),
        (positional_only, (3,), {}),
        (anything, (1, 2, 3), {"x": 4}),
        (wrapped, (1, 2), {}),
        (Caller(), (3,), {}),
        (functools.partial(plain, 1), (2,), {}),
        (max, (1, 2), {}),
    ],
)
def test_a_call_that_fits_has_no_misfit(function: Callable[..., Any], args: tuple[Any, ...], kwargs: Any) -> None:
    """Ordinary functions, wrapped ones, instances, partials and builtins alike."""
    assert misfit(function, args, kwargs) is None


@pytest.mark.parametrize(
    ("function", "args", "kwargs", "words"),
    [
        (plain, (1,), {}, "missing a required argument: 'lock'"),
        (plain, (1, 2, 3, 4), {}, "too many positional arguments"),
        (plain, (1, 2), {"counter": 1}, "multiple values for argument 'counter'"),
        (plain, (1, 2), {"time": 3}, "got an unexpected keyword argument 'time'"),
        (keyword_only, (3,), {}, "too many positional arguments"),
        (positional_only, (), {"times": 3}, "'times'"),
        (wrapped, (1,), {}, "missing a required argument: 'lock'"),
        (Caller(), (), {}, "missing a required argument: 'times'"),
    ],
)
def test_a_call_that_does_not_fit_is_told_with_the_signature(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: Any, words: str
) -> None:
    """Both what the function takes and what was wrong."""
    wrong = misfit(function, args, kwargs)

    assert wrong is not None
    assert wrong[0].startswith("(")
    assert words in wrong[1]


@pytest.mark.parametrize("module", ["inspect", "ast", "traceback", "platform"])
def test_a_spawned_child_does_not_import_what_it_seldom_needs(module: str) -> None:
    """Each costs every spawned child milliseconds: the stage is imported by all of them."""
    code = f"import sys; sys.path.insert(0, {str(INSIDE)!r}); import inside.stage; print({module!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
