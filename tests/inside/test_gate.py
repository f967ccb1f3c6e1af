"""The line beside a step is one that the worker itself is at."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

from grader.inside import gate
from grader.inside.vocabulary import Aspect


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


def test_what_a_turn_came_to_is_told_by_the_thread_that_had_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A feeder that begins meanwhile takes nothing of it along: its own first message takes longer."""
    sent: list[tuple[str, dict[str, Any]]] = []

    class Line:
        def sendall(self, data: bytes) -> None:
            sent.append((threading.current_thread().name, json.loads(data)))

    monkeypatch.setattr(gate._gate, "me", "main")
    monkeypatch.setattr(gate, "_connection", Line)
    gate.feed("feeder of queue-1 in main")
    gate.tell("queue-1", Aspect.DONE, False)
    gate.saw(True)
    feeder = threading.Thread(target=gate.finished_flush, name="feeder")
    feeder.start()
    feeder.join()
    gate._send({"op": "get"})
    gate._send({"op": "get"})

    assert sent[0] == ("feeder", {"idle": True})
    assert sent[1][1]["fed"] == ["feeder of queue-1 in main"]
    assert (len(sent[1][1]["news"]), sent[1][1]["seen"]) == (1, ["True"])
    assert sent[2][1] == {"op": "get"}
