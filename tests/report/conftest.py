"""Golden files, what a report looked like when somebody last looked at it; and a browser to look with."""

from __future__ import annotations

import difflib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.report.browser import Browser

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


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium, started once for all tests that look at pages."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("needs Chromium: apt install chromium")
    with Browser(program, tmp_path_factory.mktemp("chromium")) as started:
        yield started
