"""Who lends boxes: each slot has its own, and a box that is open is lent before another is opened."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.model.exercise import Limits
from grader.model.observation import Isolation, Level
from grader.sandbox.fake import FakeBox
from grader.suite.boxes import Boxes


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[FakeBox]:
    """The boxes that were opened; each greets and does nothing more."""
    boxes: list[FakeBox] = []

    def open_box(*_: object, **__: object) -> FakeBox:
        (folder := tmp_path / str(len(boxes))).mkdir()
        boxes.append(FakeBox(folder))
        boxes[-1].inside.send(json.dumps({"zygote": 1, "python": "3.13.0"}).encode())
        return boxes[-1]

    monkeypatch.setattr("grader.suite.boxes.open_box", open_box)
    return boxes


@pytest.fixture
def boxes(opened: list[FakeBox]) -> Iterator[Boxes]:
    """Three slots."""
    with contextlib.closing(Boxes(Isolation(level=Level.NONE), {}, Limits(), sys.executable, 3)) as lent:
        yield lent
    assert all(box.closed for box in opened)


def test_open_box_is_lent_before_another_is_opened(boxes: Boxes, opened: list[FakeBox]) -> None:
    """To open one takes longer than most calls do."""
    for _ in range(3):
        with boxes.borrow():
            pass

    assert len(opened) == 1


def test_as_many_are_open_as_were_lent_at_once(boxes: Boxes, opened: list[FakeBox]) -> None:
    """Each has its own, and no more are opened afterwards."""
    for _ in range(2):
        with boxes.borrow() as one, boxes.borrow() as other:
            assert one is not other

    assert len(opened) == 2


def test_box_that_is_used_up_is_closed_and_replaced(boxes: Boxes, opened: list[FakeBox]) -> None:
    """Nobody gets it again."""
    with boxes.borrow() as box:
        box.used_up = True
    with boxes.borrow() as another:
        assert another is not box

    assert [box.closed for box in opened] == [True, False]
