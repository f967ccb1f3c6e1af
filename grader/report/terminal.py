"""Tells an attempt in a terminal: the first failure in full, then every check in a line.

No boxes, and colour never says what words do not. The caller's Console decides about colour (NO_COLOR) and width.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console

from grader.model.attempt import Outcome, Verdict
from grader.report.excerpt import Excerpt, SourceLine
from grader.report.findings import Finding
from grader.report.interleaving import Interleaving
from grader.report.lanes import NARROWEST_LANE, Lanes
from grader.report.pen import Pen
from grader.report.sanitise import Shortened
from grader.report.view import Row, View
from grader.texts import speaker

GOOD, BAD, QUIET, STRONG = "green", "red", "bright_black", "bold"
STYLES = {
    Verdict.ACCEPTED: "bold green",
    Verdict.PARTIAL: "bold yellow",
    Verdict.REJECTED: "bold red",
    Verdict.UNGRADABLE: "bold red",
}
INDENT = 2


def write(view: View, console: Console, *, report: str = "", every: bool = False) -> None:
    """Print the view; `report` is the path of the page, `every` tells all failures instead of the first."""
    pen = Pen(console)
    _header(view, pen)
    for problem in view.problems:
        pen.blank()
        pen.paragraph(problem.sentence, indent=INDENT, style=STRONG)
        _excerpt(problem.excerpt, pen)
    for finding in view.findings if every else view.findings[:1]:
        pen.blank()
        _finding(finding, view.language, pen)
    pen.blank()
    _next(view, pen)
    pen.blank()
    if view.verdict is not Verdict.UNGRADABLE:  # a dozen lines of "not run" would push what to mend off the screen
        _table(view, pen)
        pen.blank()
    _footer(view, pen, report)


def _header(view: View, pen: Pen) -> None:
    _ = speaker(view.language)
    points = _("{points} / {max_points} points", points=view.points, max_points=view.max_points)
    right = pen.fit(f"{points}   {view.duration}")
    room = pen.width - cell_len(right) - 2 - cell_len(view.exercise) - 2
    if cell_len(view.title) <= room:
        pen.line((view.exercise, QUIET), ("  ", ""), (pen.padded(view.title, room), STRONG), ("  ", ""), (right, ""))
    else:
        pen.paragraph(view.title, label=f"{view.exercise}  ", label_style=QUIET, style=STRONG)
        pen.line((right, ""))
    if view.student:
        pen.paragraph(view.student, style=QUIET)
    style = STYLES.get(view.verdict, STRONG)
    pen.paragraph(view.sentence, label=f"{view.verdict_word}{_(': ')}", label_style=style)
    for note in view.notes:
        pen.paragraph(note, style=QUIET)


def _finding(finding: Finding, language: str, pen: Pen) -> None:
    _ = speaker(language)
    right = pen.fit(f"{finding.word}   {finding.points} / {finding.max_points}")
    room = pen.width - cell_len(right) - 2
    if cell_len(finding.title) <= room:
        pen.line((pen.padded(finding.title, room), STRONG), ("  ", ""), (right, BAD))
    else:
        pen.paragraph(finding.title, style=STRONG)
        pen.line((right, BAD))
    pen.paragraph(finding.goal, indent=INDENT, style=QUIET)
    pen.blank()
    if finding.sentence:
        pen.paragraph(finding.sentence, indent=INDENT)
    if finding.conditions:
        pen.paragraph(finding.conditions, indent=INDENT, style=QUIET)
    _values(finding, language, pen)
    _excerpt(finding.excerpt, pen)
    _listed("", finding.stuck, pen)
    _listed(_("Ended badly:"), finding.fallen, pen)
    _listed(_("Left behind:"), finding.left_behind, pen)
    if finding.interleaving:
        pen.blank()
        _interleaving(finding.interleaving, pen)
    for one in finding.advice:
        pen.blank()
        pen.paragraph(one.title, indent=INDENT, label=f"{one.code}{_(': ')}", label_style=STRONG, style=STRONG)
        pen.paragraph(one.sentence, indent=INDENT)
    for output in finding.outputs:
        pen.blank()
        pen.paragraph(_("Printed on {stream}:", stream=output.stream), indent=INDENT, style=QUIET)
        _lines(output.lines, language, pen)


def _listed(title: str, items: Sequence[str], pen: Pen) -> None:
    if items:
        pen.blank()
    if items and title:
        pen.paragraph(title, indent=INDENT)
    for item in items:
        pen.paragraph(item, indent=INDENT, label="- ")


def _values(finding: Finding, language: str, pen: Pen) -> None:
    _ = speaker(language)
    pairs = ((_("expected"), finding.expected), (_("seen"), finding.actual))
    shown = [(label, value) for label, value in pairs if value is not None]
    if not shown:
        return
    pen.blank()
    column = max(cell_len(label) for label, _value in shown) + 2
    for label, value in shown:
        text = "\n".join((*value.head, *([_omitted(value, language)] if value.omitted else []), *value.tail))
        pen.paragraph(text, indent=INDENT, label=pen.padded(label, column), label_style=QUIET)


def _lines(lines: Shortened, language: str, pen: Pen) -> None:
    """Output of the program, set off by a bar so that nobody takes it for ours."""
    for line in lines.head:
        pen.paragraph(line, indent=INDENT, label="| ", label_style=QUIET)
    if lines.omitted:
        pen.paragraph(_omitted(lines, language), indent=INDENT, style=QUIET)
    for line in lines.tail:
        pen.paragraph(line, indent=INDENT, label="| ", label_style=QUIET)


def _omitted(lines: Shortened, language: str) -> str:
    return speaker(language)("… {count} lines left out …", count=f"{lines.omitted:,}")


def _excerpt(excerpt: Excerpt | None, pen: Pen) -> None:
    if excerpt is None:
        return
    pen.blank()
    digits = max(len(str(line.number)) for line in excerpt.lines)
    pen.line((excerpt.file, QUIET), indent=INDENT)
    for line in excerpt.lines:
        if line.gap:
            pen.line((" " * (digits + 2) + pen.fit("…"), QUIET), indent=INDENT)
        _source_line(line, digits, pen)


def _source_line(line: SourceLine, digits: int, pen: Pen) -> None:
    gutter = f"{'>' if line.marked else ' '} {line.number:>{digits}} | "
    room = pen.width - INDENT - cell_len(gutter)
    text = pen.cut(line.text.rstrip(), room)
    remark = pen.fit(f"  ← {line.remark}") if line.remark else ""
    beside = bool(remark) and cell_len(text) + cell_len(remark) <= room
    style = STRONG if line.marked else ""
    pen.line((gutter, BAD if line.marked else QUIET), (text, style), (remark if beside else "", BAD), indent=INDENT)
    if remark and not beside:
        depth = len(text) - len(text.lstrip())
        label = " " * (digits + 3) + "| " + " " * min(depth, room // 3) + "^ "
        pen.paragraph(line.remark, indent=INDENT, label=label, label_style=BAD, style=BAD)


def _interleaving(told: Interleaving, pen: Pen) -> None:
    pen.paragraph(told.sentence, indent=INDENT)
    pen.blank()
    Lanes(told, pen).all()


def _next(view: View, pen: Pen) -> None:
    if view.next_step:
        _ = speaker(view.language)
        pen.paragraph(view.next_step, label=f"{_('Next')}{_(': ')}", label_style="bold cyan")


def _table(view: View, pen: Pen) -> None:
    words = max(cell_len(pen.fit(row.word)) for row in view.rows) + 2
    points = max(len(row.points) for row in view.rows), max(len(row.max_points) for row in view.rows)
    for row in view.rows:
        _row(row, (words, points), view, pen)


def _row(row: Row, columns: tuple[int, tuple[int, int]], view: View, pen: Pen) -> None:
    words, (earned, most) = columns
    glyph, style = _glyph(row.outcome)
    right = f"{row.points:>{earned}} / {row.max_points:<{most}}"
    number = f"{row.number:>2} "
    room = max(pen.width - 5 - words - len(right) - 2, NARROWEST_LANE // 2)
    first, *rest = pen.wrapped(pen.fit(row.title), room)
    mark = pen.fit(glyph)
    pen.line(
        (number, QUIET),
        (f"{mark} {pen.padded(row.word, words)}", style),
        (pen.padded(first, room), ""),
        (f"  {right}", ""),
    )
    for line in rest:
        pen.line((line, ""), indent=5 + words)
    if row.reason and row.outcome is not Outcome.PASSED and not view.has_told(row):
        pen.paragraph(row.reason, indent=5 + words, style=QUIET)


def _glyph(outcome: Outcome | None) -> tuple[str, str]:
    match outcome:
        case Outcome.PASSED:
            return "✓", GOOD
        case Outcome.FAILED | Outcome.CRASHED | Outcome.HUNG | Outcome.TIMEOUT:
            return "✗", BAD
        case Outcome.INCONCLUSIVE | Outcome.ERROR:
            return "?", "yellow"
        case _:
            return "·", QUIET


def _footer(view: View, pen: Pen, report: str) -> None:
    _ = speaker(view.language)
    if view.verdict is not Verdict.UNGRADABLE:
        pen.paragraph(view.isolation, style=QUIET if view.isolated else "yellow")
    codes = [one.code for finding in view.findings[:1] for one in finding.advice]
    commands: list[str] = [finding.again for finding in view.findings[:1] if finding.interleaving]
    commands += [f"grade explain {codes[0]}"] if codes else []
    if view.findings:
        commands.append(f"grade hint {view.exercise}")
        pen.packed(commands, label=f"{_('More')}{_(': ')}", label_style=QUIET)
    if report:
        pen.line((f"{_('Report')}{_(': ')}", QUIET), (report, ""))


def as_text(view: View, *, width: int) -> str:
    """The same without colour, with every failure in full: for pages that show plain text."""
    text = io.StringIO()
    console = Console(file=text, width=width, color_system=None, highlight=False, markup=False, emoji=False)
    write(view, console, every=True)
    return "\n".join(line.rstrip() for line in text.getvalue().rstrip().splitlines())
