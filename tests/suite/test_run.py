"""The examiner's own process: what it opens, and in which order it ends that."""

from __future__ import annotations

import os

import pytest

from grader.suite import run
from grader.suite.boxes import Boxes
from grader.suite.journal import Journal
from grader.suite.plugin import ExaminerPlugin
from tests.suite.samples import plan_of


def test_checks_end_before_their_boxes_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that runs ahead of what has failed would wait in vain, until its limit, for a box that was closed."""
    ended: list[str] = []
    monkeypatch.setattr(Boxes, "python", "3.13")
    monkeypatch.setattr(Boxes, "close", lambda _: ended.append("boxes"))
    monkeypatch.setattr(Boxes, "refuse", lambda _: ended.append("lending"))
    monkeypatch.setattr(ExaminerPlugin, "close", lambda _: ended.append("checks"))
    monkeypatch.setattr(run, "_pytest", lambda *_: None)
    reading, writing = os.pipe()
    try:
        run.examine(plan_of(b""), Journal(writing), "")
    finally:
        os.close(reading)
        os.close(writing)

    assert ended == ["lending", "checks", "boxes"]
