"""Whether what people read is complete in every language of the course, and gives nothing of the suite away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.authoring.complaint import TODO, Complaint
from grader.course.texts import HINTS, stub_file
from grader.model.exercise import Exercise
from grader.model.message import Words, say
from grader.texts import LANGUAGES

DECLARATION = "exercise.toml"
PAGES = ("README", "hints")
LONGEST_SHARED_LINE = 40  # of a suite and a page: less is an import, or an accident
TEXTS = frozenset({".md", ".py", ".toml"})


def lint_texts(exercise: Exercise, languages: Iterable[str]) -> Iterator[Complaint]:
    """Everything that is wrong with the texts of one exercise."""
    spoken = tuple(languages)
    yield from _declared(exercise, spoken)
    for path in (page(exercise.folder, name, language) for name in PAGES for language in spoken):
        yield from _page(path)
    yield from _unfinished(exercise.folder)
    yield from _given_away(exercise)


def page(folder: Path, name: str, language: str) -> Path:
    """The file of a page: `README.md` is the English one, `README.zh.md` the Chinese one."""
    return folder / (f"{name}.md" if language == "en" else f"{name}.{language}.md")


def _declared(exercise: Exercise, languages: tuple[str, ...]) -> Iterator[Complaint]:
    texts = {"title": exercise.title}
    for check in exercise.checks:
        texts |= {f"check {check.id!r} title": check.title, f"check {check.id!r} goal": check.goal}
        texts |= {f"check {check.id!r} next_step": check.next_step}
    for key, words in texts.items():
        for language in languages:
            if not _spoken(words, language).strip():
                yield Complaint(
                    file=exercise.folder / DECLARATION,
                    place=f"{key}.{language}",
                    what=say("is empty"),
                    way_out=say("write it: it is shown to every student who reads that language"),
                )


def _spoken(words: Words, language: str) -> str:
    return words.zh if language == "zh" else words.en


def _page(path: Path) -> Iterator[Complaint]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        yield Complaint(file=path, what=say("is missing"), way_out=say("each page is there in every language"))
        return
    except UnicodeDecodeError:
        yield Complaint(file=path, what=say("is not UTF-8"), way_out=say("save it as UTF-8"))
        return
    if path.name.startswith("README") and not text.startswith("# "):
        yield Complaint(
            file=path, place="1", what=say("does not begin with a title"), way_out=say("begin it with `# ` and a title")
        )
    sections = len(re.findall(r"^## ", text, flags=re.MULTILINE))
    if path.name.startswith("hints") and sections != HINTS:
        yield Complaint(
            file=path,
            what=say("has {count} sections that begin with `## `", count=sections),
            way_out=say("write three hints, each stronger than the one before"),
        )


def _unfinished(folder: Path) -> Iterator[Complaint]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in TEXTS and path.is_file():
            for number, line in enumerate(_lines(path), start=1):
                if re.search(rf"\b{TODO}\b", line):
                    yield Complaint(
                        file=path,
                        place=str(number),
                        what=say("says {word}", word=TODO),
                        way_out=say("put in its place what shall stand there"),
                    )


def _given_away(exercise: Exercise) -> Iterator[Complaint]:
    secret = {
        line.strip(): path.name
        for path in sorted(exercise.suite.glob("test_*.py"))
        for line in _lines(path)
        if len(line.strip()) > LONGEST_SHARED_LINE
    }
    for path in (*sorted(exercise.folder.glob("*.md")), *(stub_file(exercise.folder, one) for one in LANGUAGES)):
        for number, line in enumerate(_lines(path), start=1):
            if line.strip() in secret:
                yield Complaint(
                    file=path,
                    place=str(number),
                    what=say("has a line of {suite}, which students do not see", suite=secret[line.strip()]),
                    way_out=say("say it in other words"),
                )


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
