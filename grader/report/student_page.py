"""Draws the student's page: one file that needs nothing else, runs no script and asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grader.report.explanation import parts_of
from grader.report.interleaving import Interleaving
from grader.report.timeline import draw
from grader.report.view import View
from grader.texts import speaker

TEMPLATES = Path(__file__).parent / "templates"
LARGEST = 1024 * 1024


def no_page(_code: str, _language: str) -> str:
    """Explains nothing."""
    return ""


def render(view: View, *, explain: Callable[[str, str], str] = no_page) -> str:
    """The page as HTML text; `explain` gives the page of a diagnosis (code, language), which is folded in."""
    style = (TEMPLATES / "student.css").read_text(encoding="utf-8")
    return (
        _environment()
        .get_template("student.html")
        .render(
            view=view,
            _=speaker(view.language),
            language_tag={"zh": "zh-Hans"}.get(view.language, view.language),
            style=Markup(style),  # noqa: S704  our own file
            policy=content_policy(style),
            timeline=_timeline,
            spans=spans,
            explain=lambda code: parts_of(explain(code, view.language)),
        )
    )


def prepare() -> None:
    """Compile the templates, which takes a moment: while nothing else is to be done, not when a page is wanted."""
    _environment().get_template("student.html")


def content_policy(style: str) -> str:
    """What a browser may do with the page: use this style sheet, and nothing else at all."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _timeline(told: Interleaving, name: str) -> Markup:
    return Markup(draw(told, name))  # noqa: S704  ElementTree has escaped every text in it


def spans(text: str) -> list[tuple[bool, str]]:
    """The text cut at its backticks: (whether it is code, the part)."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return [(False, text)]
    return [(number % 2 == 1, part) for number, part in enumerate(parts) if part]


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
