"""The page about a class is one file that is safe to open, says what needs a human first, and can be without names."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.cli.main import answer
from grader.gradebook.store import Store
from grader.model.grade import Adjustment, NeedsHuman, Student
from grader.model.message import say
from tests.cli.classroom import TINY, gradebook, put
from tests.report.browser import Browser
from tests.report.samples import HOSTILE_TEXT
from tests.report.test_student_page import Outline

Page = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three students; one copied, one adjusted and graded again, one whose name is an attack."""
    folder = gradebook(tmp_path / "grades", {"ann": 4.0, "bob": 4.0, "cem": 10.0})
    with Store(folder / "gradebook.db") as store:
        (run,) = store.runs()
        put(store, run, "<script>alert(1)</script>", 6.0)
        put(store, run, "eve", None)
        made = Adjustment(
            student="ann", exercise="ex90", points=9.0, reason="r", by="Eva", made_at=1.0, plan_key="old", earned=2.0
        )  # fmt: skip
        store.adjust(made)
        message = say("{file} is a text file, not a Python file", file="zoé/ex90.txt")
        unclear = NeedsHuman(student="zoé", name=HOSTILE_TEXT.replace("\ud800", ""), exercise="ex90", message=message)
        store.leave_to_humans(run, [unclear], [])
    report = folder / "students" / "cem" / "ex90.html"
    report.parent.mkdir(parents=True)
    report.touch()
    return folder


@pytest.fixture
def page(folder: Path, capsys: pytest.CaptureFixture[str]) -> Page:
    """`grade class` with more options: the page it wrote."""

    def write(*options: str) -> str:
        assert answer(["--content", str(TINY), "class", str(folder), *options]) == 0
        name = "class.anonymous.html" if "--anonymise" in options else "class.html"
        capsys.readouterr()
        return (folder / name).read_text("utf-8")

    return write


@pytest.mark.parametrize("options", [(), ("--similarity",), ("--anonymise", "--similarity", "--lang", "zh")])
def test_page_is_well_formed_and_asks_nobody(page: Page, options: tuple[str, ...]) -> None:
    """Elements nest, ids are unique, links lead to parts or reports; only our own style and script may be used."""
    text = page(*options)
    outline = Outline(text)
    ids = outline.values("id")
    links = outline.values("href")
    policy = next(attrs["content"] or "" for tag, attrs in outline.elements if attrs.get("http-equiv"))
    own = [re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL) for tag in ("style", "script")]

    assert (outline.open, outline.crossed) == ([], [])
    assert sorted(ids) == sorted(set(ids))
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert all(link.startswith(("#", "students/")) for link in links)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    for found in own:
        assert found is not None
        assert base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode() in policy
    assert outline.tags()["script"] == 1
    assert not outline.values("src") + outline.values("style") + outline.values("onclick")


def test_what_needs_a_human_comes_first(page: Page) -> None:
    """What intake left, what the grader could not grade, and the points that grading again contradicts."""
    text = page()
    needs = text[text.index('id="needs"') : text.index('id="matrix"')]

    assert "zoé/ex90.txt is a text file" in needs
    assert "not graded, by a fault of the grader" in needs
    assert "Eva set 9 points when the grader gave 2; it gives 4 now." in needs
    assert text.index('id="needs"') < text.index('id="matrix"')


def test_matrix_has_every_student_with_the_grade(page: Page) -> None:
    """The human's points with their marks, no grade as a dash, a link where there is a report."""
    text = page()

    assert '<td class="part">9<sup>*!</sup></td>' in text
    assert '<td class="open">–</td>' in text
    assert '<td class="full"><a href="students/cem/ex90.html">10</a></td>' in text
    assert "&lt;script&gt;alert(1)" in text


def test_lesson_shows_lines_without_their_author(page: Page) -> None:
    """The most common mistake with an excerpt, its explanation and whom it concerns."""
    text = page()
    lessons = text[text.index('id="lessons"') : text.index('id="charts"')]

    assert "3 students" in lessons
    assert "def" in lessons
    assert "# ann" not in lessons


def test_page_without_names_has_none(page: Page) -> None:
    """Neither names nor ids, files, seeds or links; numbers stay the same from one page to the next."""
    text = page("--anonymise", "--similarity")
    shown = re.sub(r"<(style|script)>.*?</\1>", "", text, flags=re.DOTALL)

    for telling in ("ann", "bob", "cem", "eve", "zoé", "alert", "Eva", "students/", "/class"):
        assert not re.search(rf"\b{re.escape(telling)}\b", shown), telling
    assert "student 003" in shown
    assert page("--anonymise", "--similarity") == text


def test_words_say_what_the_numbers_leave_open(page: Page, folder: Path) -> None:
    """What “-” means, where half points are counted, and that a deadline without a time has no effect."""
    (folder / "class.toml").write_text("[deadlines]\nex90 = 2026-12-01T12:00:00+01:00\n")
    text = page()

    assert "“-” stands where all did the same, or fewer than 10 students tried." in text
    assert "7.5 is counted at 7" in text
    assert "Files whose hand-in time is not known: 5." in text


def test_similarity_is_shown_only_when_asked_for(page: Page) -> None:
    """As evidence."""
    assert 'id="pairs"' not in page()
    assert "not a verdict" in page("--similarity")


def test_who_handed_in_nothing_is_seen(page: Page, folder: Path) -> None:
    """Of the roster: a line without grades, and a number at the top; without names the same lines with numbers."""
    with Store(folder / "gradebook.db") as store:
        store.know([Student(id="ann", name="Ann"), Student(id="fay", name="Fay Late"), Student(id="zoé", name="Zoé")])
    named, nameless = page(), page("--anonymise")

    for written in (named, nameless):
        assert re.search(r"<dt>Students</dt><dd>7</dd>", written)
        assert re.search(r"<dt>Of them handed in nothing</dt><dd>1</dd>", written)
        assert "3 without a grade" in written  # Eve's was not graded, Zoé's file is unclear
        assert written.count('<th scope="row"><bdi>') == 7
    assert named.count("Fay Late") == 1
    assert "Fay Late" not in nameless


def test_page_for_the_class_says_nothing_that_only_names_would_explain(page: Page) -> None:
    """What needs a human is about files and people; that something does is seen in the cell all the same."""
    named, nameless = page(), page("--anonymise")

    assert named.count('href="#needs"') == 2  # above, and in Zoé's cell
    assert "needs" not in Outline(nameless).values("id")
    assert 'href="#needs"' not in nameless
    assert 'class="needy"' not in nameless
    assert '<td class="unclear">?</td>' in nameless


def test_page_runs_its_script_and_asks_nobody(page: Page, folder: Path, browser: Browser) -> None:
    """A browser obeys the policy: the controls appear, all rows are counted, no request leaves, nothing is too wide."""
    page()
    for width in (360, 1600):
        for dark in (False, True):
            seen = browser.look(folder / "class.html", width=width, dark=dark)

            assert browser.evaluate('document.getElementById("count").textContent') == "6 / 6"
            assert (seen.requests, seen.complaints) == (((folder / "class.html").as_uri(),), ())
            assert seen.needed <= seen.shown
