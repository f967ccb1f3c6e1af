"""Golden files: what a report looked like when somebody last looked at it."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parents[1] / "golden" / "report"
Compare = Callable[[str, str], None]


@pytest.fixture
def golden() -> Compare:
    """Compare a text with the golden file of that name; GRADE_APPROVE=1 writes it instead, to be read as a diff."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("GRADE_APPROVE"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        approved = path.read_text(encoding="utf-8") if path.exists() else ""
        if text != approved:
            changes = difflib.unified_diff(approved.splitlines(), text.splitlines(), "approved", "now", lineterm="")
            pytest.fail(f"{name} changed; look at it, then GRADE_APPROVE=1 pytest\n" + "\n".join(list(changes)[:60]))

    return compare
