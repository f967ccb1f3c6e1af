"""The catalogue is complete: each folder has its rule and a page in both languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from grader.diagnosis import catalogue
from grader.diagnosis.catalogue import CATALOGUE, codes, page
from grader.errors import UsageError

FOLDER = Path(catalogue.__file__).parent
HEADINGS = {
    "en": ["What happened", "Why", "How to see it", "What to try"],
    "zh": ["发生了什么", "为什么", "怎样看出来", "可以试试"],
}
LONGEST_PAGE = 2_000


def test_every_folder_is_in_the_list() -> None:
    """A folder that the list does not name would never be heard."""
    folders = {path.parent.name.replace("_", "-") for path in FOLDER.glob("*/rule.py")}

    assert folders == set(codes())
    assert len(codes()) == len(set(codes()))


def test_codes_are_words_with_hyphens() -> None:
    """A code can be typed after `grade explain`."""
    assert [code for code in codes() if not re.fullmatch(r"[a-z]+(-[a-z]+)*", code)] == []


def test_only_known_codes_are_left_out() -> None:
    """`instead_of` names diagnoses that exist."""
    named = {code for rule in CATALOGUE for code in rule.instead_of}

    assert named - set(codes()) == set()


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_has_the_four_headings(code: str, language: str) -> None:
    """What happened, why, how to see it, what to try: in this order, each with something under it."""
    text = page(code, language)
    title, *parts = re.split(r"^## ", text, flags=re.MULTILINE)

    assert title.startswith("# ")
    assert [part.splitlines()[0] for part in parts] == HEADINGS[language]
    assert all(len(part.splitlines()) > 2 for part in parts)
    assert len(text) < LONGEST_PAGE


@pytest.mark.parametrize("code", codes())
def test_both_pages_show_the_same_short_program(code: str) -> None:
    """The example is Python of a few lines, and does not depend on the language."""
    english, chinese = (
        re.findall(r"```python\n(.*?)```", page(code, language), re.DOTALL) for language in ("en", "zh")
    )

    assert english == chinese
    assert len(english) == 1
    ast.parse(english[0])
    assert len([line for line in english[0].splitlines() if line.strip()]) <= 6


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.code)
def test_a_page_bears_the_title_of_its_diagnosis(rule: object) -> None:
    """Who reads the title in a report finds it again on the page."""
    entry = next(one for one in CATALOGUE if one is rule)

    assert page(entry.code, "en").splitlines()[0] == f"# {entry.title}"


def test_an_unknown_code_is_answered_with_a_near_one() -> None:
    """Who misspells a code is told the right one."""
    with pytest.raises(UsageError) as caught:
        page("lost-updates", "en")

    assert str(caught.value.hint) == "did you mean 'lost-update'?"


def test_an_unknown_language_gets_the_english_page() -> None:
    """English is always there."""
    assert page("lost-update", "fr") == page("lost-update", "en")
