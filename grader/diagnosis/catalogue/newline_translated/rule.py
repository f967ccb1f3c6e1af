"""Text was read or written with newline translation, and a carriage return was lost."""

from __future__ import annotations

from grader.diagnosis import process_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight, point_at
from grader.model.message import say


def _differs_in_returns(evidence: Evidence) -> bool:
    """Whether what came would be what was due, if there were no carriage returns."""
    due, came = evidence.result.expected or "", evidence.result.actual or ""
    plain = [text.replace("\\r", "").replace("\\n", "") for text in (due, came)]
    return evidence.is_wrong_value and "\\r" in due and due != came and plain[0] == plain[1]


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or what differs is a carriage return."""
    split = evidence.calls("splitlines")
    sure = evidence.has("newline-translated") or _differs_in_returns(evidence)
    if split and sure:
        sentence = say(
            "{file}:{line} splits wherever a line can end: at `\\r`, `\\x0b` and others, too.",
            file=evidence.file_name,
            line=split[0],
        )
        at_ends = say("Split at `'\\n'` alone: `text.split('\\n')`.")
        return Finding(sentence=sentence, sites=evidence.at(*split), weight=Weight.MEASURED, next_step=at_ends)
    return point_at(
        evidence,
        process_habits.translates_line_ends(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} opens in text mode, which takes each `\\r` for the end of a line, or for a part of one."
            ),
            say("Text mode takes each `\\r` for the end of a line, or for a part of one."),
        ),
        sure=sure,
    )


RULE = Rule(
    code="newline-translated",
    title=say("Line ends were translated"),
    next_step=say("Open with `newline='\\n'`, or in binary mode, and encode yourself."),
    find=find,
    instead_of=("lost-item", "falsy-item"),
)
