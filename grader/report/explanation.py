"""The page of a diagnosis, cut into parts that a template can draw: headings, paragraphs, one short program."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.report.excerpt import Piece, coloured
from grader.report.sanitise import Clean, clean

PROGRAM = re.compile(r"```python\n(.*?)```", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What stands under one heading."""

    heading: Clean
    paragraphs: tuple[Clean, ...]
    program: tuple[tuple[Piece, ...], ...]


def parts_of(page: str) -> tuple[Part, ...]:
    """The parts after the first: a report has told what happened, and better, with names and lines."""
    sections = re.split(r"^## ", page, flags=re.MULTILINE)[2:]
    return tuple(_part(section) for section in sections)


def _part(section: str) -> Part:
    heading, _, body = section.partition("\n")
    program = PROGRAM.search(body)
    words = PROGRAM.sub("", body).strip()
    return Part(
        heading=clean(heading),
        paragraphs=tuple(clean(" ".join(part.split())) for part in words.split("\n\n") if part.strip()),
        program=tuple(coloured(program[1].rstrip("\n"))) if program else (),
    )
