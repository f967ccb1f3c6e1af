"""The page of a diagnosis stands folded in the report: who is offline, or in a hurry, needs no second command."""

from __future__ import annotations

from grader.report.explanation import parts_of
from grader.report.student_page import render
from grader.report.view import for_student
from tests.report.samples import EXERCISE, SAMPLES

PAGE = """# A title

## What happened

This is told by the report.

## Why

First `reason`,
over two lines.

Second reason.

## What to try

Do this.

```python
with lock:
    counter.value += 1
```
"""


def test_a_page_is_cut_into_headings_paragraphs_and_one_program() -> None:
    """What happened is left out: the report has told it."""
    why, what = parts_of(PAGE)

    assert (why.heading, why.paragraphs, why.program) == (
        "Why",
        ("First `reason`, over two lines.", "Second reason."),
        (),
    )
    assert what.paragraphs == ("Do this.",)
    assert ["".join(piece.text for piece in line) for line in what.program] == [
        "with lock:",
        "    counter.value += 1",
    ]


def test_the_page_is_folded_into_the_report() -> None:
    """In the language of the report, in the place of the command that would show it."""
    attempt, source = SAMPLES["lost_update"]
    asked: list[tuple[str, str]] = []

    def explain(code: str, language: str) -> str:
        asked.append((code, language))
        return PAGE

    page = render(for_student(attempt, EXERCISE, source, "zh"), explain=explain)

    assert asked == [("lost-update", "zh")]
    assert '<details class="why">' in page
    assert "First <code>reason</code>, over two lines." in page
    assert "grade explain lost-update" not in page


def test_without_a_page_the_command_stands_there() -> None:
    """A code of another grader's attempt may have none here."""
    attempt, source = SAMPLES["lost_update"]

    assert "grade explain lost-update" in render(for_student(attempt, EXERCISE, source, "en"))
