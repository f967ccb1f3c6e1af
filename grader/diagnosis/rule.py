"""What a diagnosis is made of: a rule that looks at the evidence, and what it found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum

from grader.diagnosis.evidence import Evidence
from grader.model.attempt import Site
from grader.model.message import Message, Value


class Weight(IntEnum):
    """How much a finding rests on, weakest first; GENERAL is said only where nothing else is known."""

    GENERAL = 0
    LIKELY = 1
    MEASURED = 2
    SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one rule has to say about one check; `next_step` where the rule's own would not fit what was found."""

    sentence: Message
    weight: Weight
    sites: tuple[Site, ...] = ()
    next_step: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One entry of the catalogue. `instead_of` are codes that say less about the same thing, and are then left out."""

    code: str
    title: Message
    next_step: Message
    find: Callable[[Evidence], Finding | None]
    instead_of: tuple[str, ...] = ()


def point_at(
    evidence: Evidence,
    lines: tuple[int, ...],
    said: tuple[Message, Message],
    *,
    sure: bool,
    likely: bool = False,
) -> Finding | None:
    """The finding of a rule that is sure of itself, or finds something likely together with lines that look like it.

    `said` is the sentence that names `{file}:{line}`, the first of the lines, and the one for where there is no line.
    """
    if not sure and not (likely and lines):
        return None
    there, plain = said
    if lines:
        place: dict[str, Value] = {"file": evidence.file_name, "line": lines[0]}
        there = replace(there, values={**there.values, **place})
    return Finding(
        sentence=there if lines else plain,
        sites=evidence.at(*lines),
        weight=Weight.MEASURED if sure else Weight.LIKELY,
    )
