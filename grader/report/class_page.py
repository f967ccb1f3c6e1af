"""Draws the page about a class: one file that asks nobody for anything; its script only sorts, filters and moves."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grader.report.class_parts import ClassView
from grader.report.student_page import TEMPLATES, spans
from grader.texts import speaker


def render_class(view: ClassView) -> str:
    """The page as HTML text."""
    style = _read("student.css") + _read("class.css")
    script = _read("class.js")
    return (
        _environment()
        .get_template("class.html")
        .render(
            view=view,
            _=speaker(view.language),
            language_tag={"zh": "zh-Hans"}.get(view.language, view.language),
            style=Markup(style),  # noqa: S704  our own file
            script=Markup(script),  # noqa: S704  our own file
            policy=class_policy(style, script),
            spans=spans,
        )
    )


def class_policy(style: str, script: str) -> str:
    """What a browser may do with the page: use this style sheet and run this script, and nothing else at all."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; base-uri 'none';"
        " form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
