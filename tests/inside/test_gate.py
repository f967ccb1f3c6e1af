"""The line beside a step is one that the worker itself is at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.inside import gate


def bootstrap() -> Callable[[Callable[[], Any]], Any]:
    """Where the library begins a child: its frames lie on those of whoever forked it."""
    names: dict[str, Any] = {}
    exec(compile("def _bootstrap(run): return run()", "multiprocessing/process.py", "exec"), names)  # noqa: S102
    return names["_bootstrap"]  # type: ignore[no-any-return]


def test_a_forked_worker_is_not_at_the_line_where_its_parent_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job of ours has no line of the student's; a target of the student's has its own."""
    monkeypatch.setattr(gate._gate, "source", __file__)
    begin = bootstrap()

    def target() -> int | None:
        return gate._line()

    assert begin(gate._line) is None
    assert begin(target) == target()
    assert target() is not None
