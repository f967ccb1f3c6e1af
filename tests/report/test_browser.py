"""The report as a browser shows it: accessible in both themes, readable on a telephone."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from grader.report.student_page import render
from grader.report.view import for_student
from tests.report.samples import EXERCISE, SAMPLES

PATIENCE = 120
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')  # it would stop the script that looks
RULES = ["wcag2a", "wcag2aa"]
# What axe finds is put where `--dump-dom` shows it.
AXE = """axe.run(document, {runOnly: %s}).then(found => document.body.setAttribute("data-found", JSON.stringify({
  dark: matchMedia("(prefers-color-scheme: dark)").matches,
  passes: found.passes.length,
  violations: found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 200))]),
})))"""
NARROW = 360
WIDTHS = """onload = () => { const page = document.querySelector("iframe").contentDocument.documentElement;
document.body.setAttribute("data-found", JSON.stringify({shown: page.clientWidth, needed: page.scrollWidth})); }"""


@pytest.fixture(scope="module")
def browser() -> str:
    """Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("needs Chromium: apt install chromium")
    return found


def page(name: str) -> str:
    """The report of a sample."""
    attempt, source = SAMPLES[name]
    return render(for_student(attempt, EXERCISE, source, "en"))


def found_in(browser: str, document: str, folder: Path, *, dark: bool = False) -> dict[str, Any]:
    """What the script of a document wrote down."""
    (folder / "page.html").write_text(document, encoding="utf-8")
    command = [
        *(browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"),
        *(f"--blink-settings=preferredColorScheme={0 if dark else 1}", "--virtual-time-budget=30000"),
        *("--dump-dom", (folder / "page.html").as_uri()),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    found = re.search(r'<body[^>]*data-found="([^"]*)"', done.stdout)
    assert found is not None, done.stderr
    document_found: dict[str, Any] = json.loads(html.unescape(found[1]))
    return document_found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["several", "hostile"])
def test_report_is_accessible(browser: str, tmp_path: Path, name: str, *, dark: bool) -> None:
    """Contrast, names, order of headings: no rule of WCAG 2 A and AA that axe-core knows is broken, in either theme."""
    script = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
    looking = f"<script>{script}</script><script>{AXE % json.dumps(RULES)}</script></body>"
    found = found_in(browser, POLICY.sub("", page(name)).replace("</body>", looking), tmp_path, dark=dark)

    assert found["dark"] is dark
    assert found["passes"] > len(RULES)
    assert found["violations"] == []


@pytest.mark.parametrize("name", ["lost_update", "hostile"])
def test_report_fits_a_telephone(browser: str, tmp_path: Path, name: str) -> None:
    """Nothing but a picture or a listing of its own is wider than 360 pixels: the page is not pushed aside."""
    frame = f'<iframe width="{NARROW}" height="800" style="border:0" srcdoc="{html.escape(page(name))}"></iframe>'
    found = found_in(browser, f"<!doctype html><body>{frame}<script>{WIDTHS}</script></body>", tmp_path)

    assert found["shown"] <= NARROW
    assert found["needed"] <= found["shown"]
