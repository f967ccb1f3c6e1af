"""The student's page is one file that is safe to open, complete, and readable by everybody."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from grader.report.student_page import LARGEST, TEMPLATES, render
from grader.report.view import for_student
from tests.report.conftest import Compare
from tests.report.samples import EXERCISE, SAMPLES

VOID = {"meta", "link", "br", "img", "input", "hr"}
AA_TEXT = 4.5


def page(name: str, language: str = "en") -> str:
    """The page of a sample."""
    attempt, source = SAMPLES[name]
    return render(for_student(attempt, EXERCISE, source, language))


class Outline(HTMLParser):
    """What a browser would find: elements with attributes, texts, and whether they nest."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the element and that it is open."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the element."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, or note that another one was closed."""
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.crossed.append(tag)

    def tags(self) -> Counter[str]:
        """How often each element occurs."""
        return Counter(tag for tag, _ in self.elements)

    def values(self, attribute: str) -> list[str]:
        """All values of an attribute."""
        return [
            value or "" for _, attributes in self.elements for name, value in attributes.items() if name == attribute
        ]


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_is_well_formed_and_bounded(name: str, language: str) -> None:
    """Every element is closed where it was opened, ids are unique, links lead somewhere, and 1 MB is never reached."""
    text = page(name, language)
    outline = Outline(text)
    ids = outline.values("id")

    assert (outline.open, outline.crossed) == ([], [])
    assert sorted(ids) == sorted(set(ids))
    assert {link.removeprefix("#") for link in outline.values("href")} <= set(ids)
    assert {part for value in outline.values("aria-labelledby") for part in value.split()} <= set(ids)
    assert len(text.encode()) < LARGEST / 4


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_asks_nobody_for_anything(name: str) -> None:
    """No script, no handler, no style attribute, no source, no address: the policy allows the style sheet only."""
    text = page(name)
    outline = Outline(text)
    attributes = {attribute for _, found in outline.elements for attribute in found}

    assert outline.tags().keys().isdisjoint({"script", "img", "link", "iframe", "object", "form", "base"})
    assert not {name for name in attributes if name.startswith("on")} | attributes & {"style", "src", "action"}
    assert all(link.startswith("#") for link in outline.values("href"))
    assert not re.search(r"url\((?!#)|@import", text)


def test_the_policy_names_the_style_sheet_by_its_hash() -> None:
    """The hash in the policy is that of the text between the style tags, byte for byte."""
    text = page("several")
    style = text.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    assert f"style-src &#39;sha256-{digest}&#39;" in text
    assert "default-src &#39;none&#39;" in text


def test_hostile_text_is_only_text() -> None:
    """Markup, sequences and bidi controls of a program are shown as characters, templates in it are not executed."""
    text = page("hostile")

    assert Outline(text).tags()["script"] == 0
    assert "&lt;script&gt;alert(1)" in text
    assert "⟦U+202E⟧" in text
    assert "{{ 7 * 7 }}" in text
    assert not set(text) & {"\x1b", "\x00", "\u202e", "\u2066", "\ud800", "\x9b"}


def test_a_hidden_check_is_nowhere_in_the_page() -> None:
    """Neither name nor message nor value of a hidden check gets into the file."""
    for name in ("hidden", "several"):
        assert "SECRET" not in page(name)
        assert "绝密" not in page(name, "zh")


def test_a_page_can_be_read_without_seeing_it() -> None:
    """One h1, a language, a title and a description for each drawing, the same as a table, scopes in every header."""
    outline = Outline(page("several"))
    drawings = [found for tag, found in outline.elements if tag == "svg"]
    headers = [found for tag, found in outline.elements if tag == "th"]

    assert outline.tags()["h1"] == 1
    assert outline.elements[0] == ("html", {"lang": "en"})
    assert len(drawings) == 2
    assert all(found["role"] == "img" for found in drawings)
    assert all("scope" in found for found in headers)
    assert page("several").count("The same as a table</summary>") == 2


@pytest.mark.parametrize("name", ["several", "ungradable", "accepted"])
def test_the_page_looks_as_approved(name: str, golden: Compare) -> None:
    """The page changes only when somebody has looked at it; the style sheet is compared as its own file."""
    text = page(name)
    style = (TEMPLATES / "student.css").read_text(encoding="utf-8")

    golden(f"{name}.html", re.sub(r"sha256-[^&]+", "sha256-...", text.replace(style, "/* student.css */")))


def palettes() -> list[tuple[str, dict[str, str]]]:
    """The colours of each palette in the style sheet: light, dark, print."""
    style = (Path(TEMPLATES) / "student.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    names = ("light", "dark", "print")
    return [
        (name, dict(re.findall(r"--([\w-]+): (#\w{6});", block))) for name, block in zip(names, blocks, strict=True)
    ]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("name", "colours"), palettes())
def test_text_has_contrast_in_every_palette(name: str, colours: dict[str, str]) -> None:
    """Every text colour stands out from every ground it is used on by 4.5 to 1 (WCAG AA)."""
    pairs = [(ink, ground) for ink in ("ink", "quiet", "accent", "bad") for ground in ("paper", "surface", "mark")]
    pairs += [(ink, ground) for ink in ("key", "string", "number", "comment") for ground in ("surface", "mark")]
    pairs += [("good", "good-soft"), ("bad", "bad-soft"), ("doubt", "doubt-soft"), ("quiet", "idle-soft")]
    pairs += [("good", "paper"), ("doubt", "paper")]
    weak = {}
    for ink, ground in pairs:
        light, dark = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
        ratio = (light + 0.05) / (dark + 0.05)
        if ratio < AA_TEXT:
            weak[ink, ground] = round(ratio, 2)

    assert weak == {}


def test_what_failed_can_be_seen_again() -> None:
    """The command stands below the story: the same schedule where there was one, else the same numbers."""
    assert '<code translate="no">grade replay ex03 keeps_every_update</code>' in page("lost_update")
    assert '<code translate="no">grade run ex03 --seed 411</code>' in page("timeout")
    assert "To see it again" not in page("inconclusive")


def test_what_is_wrong_with_the_file_is_said_once() -> None:
    """It stands above the table, and not under each check that could not be run."""
    attempt, source = SAMPLES["ungradable"]
    said = attempt.problems[0].message
    results = tuple(replace(result, message=said) for result in attempt.results)
    document = render(for_student(replace(attempt, results=results), EXERCISE, source, "en"))

    assert html.unescape(document).count(str(said)) == 1
