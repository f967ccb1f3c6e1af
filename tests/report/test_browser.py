"""The report as a browser shows it: accessible in both themes, readable on a telephone, and quiet on the network."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from grader.model.message import say
from grader.report.student_page import render
from grader.report.view import for_student
from tests.report.browser import Browser
from tests.report.samples import EXERCISE, SAMPLES

RULES = ["wcag2a", "wcag2aa"]
AXE = """axe.run(document, {runOnly: %s}).then(found => ({
  passes: found.passes.length,
  violations: found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 200))]),
}))"""
NARROW, WIDE = 360, 1600
LEAKING = """<!doctype html><meta http-equiv="Content-Security-Policy" content="script-src 'none'">
<img src="http://127.0.0.1:9/spy.png"><script>1</script><div style="width: 2000px">wide</div>"""


@pytest.fixture
def page(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The report of the sample of that name, as a file."""
    attempt, source = SAMPLES[request.param]
    path = tmp_path / "report.html"
    path.write_text(render(for_student(attempt, EXERCISE, source, "en")), encoding="utf-8")
    return path


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", ["several", "hostile"], indirect=True)
def test_report_is_accessible(browser: Browser, page: Path, *, dark: bool) -> None:
    """Contrast, names, order of headings: no rule of WCAG 2 A and AA that axe-core knows is broken, in either theme."""
    browser.look(page, dark=dark)
    browser.evaluate((files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = browser.evaluate(AXE % json.dumps(RULES))

    assert browser.evaluate('matchMedia("(prefers-color-scheme: dark)").matches') is dark
    assert found["passes"] > len(RULES)
    assert found["violations"] == []


@pytest.mark.parametrize("page", ["lost_update", "several", "hostile"], indirect=True)
def test_report_asks_nobody_for_anything(browser: Browser, page: Path) -> None:
    """One file: no request leaves, the policy of the page has nothing to stop, and no part is wider than the page."""
    for width in (NARROW, WIDE):
        for dark in (False, True):
            seen = browser.look(page, width=width, dark=dark)

            assert (seen.requests, seen.complaints) == ((page.as_uri(),), ())
            assert NARROW - 20 <= seen.shown <= width  # there may be a scroll bar
            assert seen.needed <= seen.shown


def test_word_without_an_end_is_broken(browser: Browser, tmp_path: Path) -> None:
    """The path of an interpreter in what a check says does not push the page aside on a telephone."""
    attempt, source = SAMPLES["several"]
    endless = say("left behind: {names}", names="/opt/" + "interpreters" * 20)
    results = tuple(replace(result, message=endless) for result in attempt.results)
    document = render(for_student(replace(attempt, results=results), EXERCISE, source, "en"))
    (tmp_path / "report.html").write_text(document, encoding="utf-8")
    seen = browser.look(tmp_path / "report.html", width=NARROW)

    assert document.count("interpreters" * 20) > 1
    assert seen.needed <= seen.shown


def test_page_that_asks_is_noticed(browser: Browser, tmp_path: Path) -> None:
    """A picture from elsewhere, a script that the policy stops, a part that is too wide: none could be overlooked."""
    (tmp_path / "leaking.html").write_text(LEAKING, encoding="ascii")
    seen = browser.look(tmp_path / "leaking.html", width=NARROW)

    assert seen.requests[1:] == ("http://127.0.0.1:9/spy.png",)
    assert any("Content Security Policy" in complaint for complaint in seen.complaints)
    assert seen.needed > seen.shown
