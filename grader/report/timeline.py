"""Draws an interleaving as swim lanes (SVG): a lane per worker, a row per step, read from top to bottom.

No `style` attributes and no script: classes take their colours from the page, in light, dark and print. What colour
says is also said by shape (solid: holds, hatched: waits, dotted: works with an old value) and by words.

    first              second
    │ takes lock-1     │            1
    ┃                  │ ...        2
"""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import east_asian_width
from xml.etree import ElementTree as ET

from grader.report.interleaving import Interleaving, State, Stretch, Turn, Wait
from grader.report.steps import Kind
from grader.texts import speaker

GUTTER = 26
LANE_WIDTHS = {1: 250, 2: 151}
NARROW_LANE = 132
TEXT_OFFSET = 27
BAR = 6
LINE = 16
SMALL_LINE = 14
ROW_GAP = 14
TOP = 34
CELL = 6.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One drawn step: where it is, and its texts broken into lines."""

    turn: Turn
    y: float
    height: float
    words: tuple[str, ...]
    small: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where everything lies."""

    lane_width: int
    rows: tuple[Row, ...]
    bottom: float
    lanes: int

    def x(self, lane: int) -> float:
        """The middle of a lane's bar."""
        return GUTTER + lane * self.lane_width + 8

    def y(self, number: int) -> float:
        """The height of a step's mark; steps that are not shown lie at the edges."""
        for row in self.rows:
            if row.turn.number == number:
                return row.y
        first = self.rows[0].turn.number if self.rows else 1
        return TOP if number < first else self.bottom


def draw(told: Interleaving, name: str) -> str:
    """The SVG as text; `name` makes its ids unique in the page."""
    layout = _layout(told)
    waits = [wait for wait in told.waits if wait.holder is not None]
    height = layout.bottom + (22 + 40 * len(waits) if waits else 12 if not told.waits else 30)
    width = GUTTER + layout.lanes * layout.lane_width + 2
    svg = ET.Element(
        "svg",
        {
            "class": "timeline",
            "role": "img",
            "aria-labelledby": f"{name}-title {name}-desc",
            "viewBox": f"0 0 {width} {height:g}",
            "width": str(width),
            "height": f"{height:g}",
        },
    )
    _ = speaker(told.language)
    ET.SubElement(svg, "title", {"id": f"{name}-title"}).text = _("What happened, step by step")
    ET.SubElement(svg, "desc", {"id": f"{name}-desc"}).text = told.sentence
    _hatching(svg, name)
    _lanes(svg, told, layout)
    for stretch in told.stretches:
        _stretch(svg, stretch, layout, name)
    for row in layout.rows:
        _row(svg, row, layout)
    if told.waits:
        _end(svg, told, waits, layout)
    return ET.tostring(svg, encoding="unicode")


def _layout(told: Interleaving) -> Layout:
    lanes = max(len(told.lanes), 1)
    width = LANE_WIDTHS.get(lanes, NARROW_LANE)
    rows = []
    y: float = TOP + 16 + (18 if told.earlier else 0)
    for turn in told.turns:
        row = _measured(turn, y, width, told)
        rows.append(row)
        y += row.height
    return Layout(lane_width=width, rows=tuple(rows), bottom=y + (18 if told.later else 0) - 4, lanes=lanes)


def _measured(turn: Turn, y: float, lane_width: int, told: Interleaving) -> Row:
    _ = speaker(told.language)
    cells = int((lane_width - TEXT_OFFSET) / CELL)
    words = _broken(turn.text, cells)
    small = [(_("line {line}", line=turn.line), "where")] if turn.line else []
    small += [(line, "remark") for line in _broken(turn.remark, int(cells * 1.1))] if turn.remark else []
    height = len(words) * LINE + len(small) * SMALL_LINE + ROW_GAP
    return Row(turn=turn, y=y, height=height, words=tuple(words), small=tuple(small))


def _hatching(svg: ET.Element, name: str) -> None:
    pattern = ET.SubElement(
        ET.SubElement(svg, "defs"),
        "pattern",
        {
            "id": f"{name}-hatch",
            "width": "5",
            "height": "5",
            "patternUnits": "userSpaceOnUse",
            "patternTransform": "rotate(45)",
        },
    )
    ET.SubElement(pattern, "rect", {"class": "hatch-ground", "width": "5", "height": "5"})
    ET.SubElement(pattern, "rect", {"class": "hatch-line", "width": "2", "height": "5"})


def _lanes(svg: ET.Element, told: Interleaving, layout: Layout) -> None:
    _ = speaker(told.language)
    for lane, label in enumerate(told.lanes):
        x = layout.x(lane)
        _text(svg, (x - 4, 16), _broken(label, int(layout.lane_width / CELL))[0], "worker")
        _path(svg, f"M{x:g} {TOP - 6}V{layout.bottom:g}", "life")
    if told.earlier:
        _text(svg, (layout.x(0) + 16, TOP + 10), _("… {count} more steps …", count=told.earlier), "where")
    if told.later:
        _text(svg, (layout.x(0) + 16, layout.bottom - 4), _("… {count} more steps …", count=told.later), "where")


def _stretch(svg: ET.Element, stretch: Stretch, layout: Layout, name: str) -> None:
    top = layout.y(stretch.first)
    bottom = layout.bottom if stretch.last is None else layout.y(stretch.last)
    if bottom <= top:
        return
    x = layout.x(stretch.lane)
    if stretch.state is State.STALE:
        _path(svg, f"M{x:g} {top:g}V{bottom:g}", "stale")
        return
    left = x - BAR / 2 + min(stretch.depth, 2) * (BAR + 2)
    bar = {"x": f"{left:g}", "y": f"{top:g}", "width": str(BAR), "height": f"{bottom - top:g}", "rx": "2"}
    look = {"class": "holds"} if stretch.state is State.HOLDS else {"class": "waits", "fill": f"url(#{name}-hatch)"}
    ET.SubElement(svg, "rect", bar | look)


def _row(svg: ET.Element, row: Row, layout: Layout) -> None:
    x, y = layout.x(row.turn.lane), row.y
    _text(svg, (GUTTER - 10, y + 4), str(row.turn.number), "number", anchor="end")
    _mark(svg, row.turn, x, y)
    baseline = y + 4
    for words in row.words:
        _text(svg, (x + TEXT_OFFSET - 8, baseline), words, "step crucial" if row.turn.crucial else "step")
        baseline += LINE
    for words, look in row.small:
        _text(svg, (x + TEXT_OFFSET - 8, baseline - 1), words, look)
        baseline += SMALL_LINE


def _mark(svg: ET.Element, turn: Turn, x: float, y: float) -> None:
    """Reads are rings, writes are squares, waits are empty bars, ends are caps, the rest are dots."""
    look = f"mark {turn.kind.value}" + (" crucial" if turn.crucial else "")
    match turn.kind:
        case Kind.WRITES:
            ET.SubElement(
                svg, "rect", {"class": look, "x": f"{x - 5:g}", "y": f"{y - 5:g}", "width": "10", "height": "10"}
            )
        case Kind.EDGE:
            _path(svg, f"M{x - 5:g} {y:g}h10", look)
        case Kind.READS:
            ET.SubElement(svg, "circle", {"class": look, "cx": f"{x:g}", "cy": f"{y:g}", "r": "5"})
        case Kind.WAITS:
            _path(svg, f"M{x - 6:g} {y:g}h12", look)
        case Kind.OTHER:
            ET.SubElement(svg, "circle", {"class": look, "cx": f"{x:g}", "cy": f"{y:g}", "r": "4"})


def _end(svg: ET.Element, told: Interleaving, waits: list[Wait], layout: Layout) -> None:
    """Under the last step: nothing moves any more, and an arrow from each who waits to the one who holds."""
    _ = speaker(told.language)
    width = GUTTER + layout.lanes * layout.lane_width
    _path(svg, f"M{GUTTER - 8} {layout.bottom:g}H{width}", "end")
    _text(svg, (GUTTER - 8, layout.bottom + 15), _("From here on nothing moves."), "remark")
    y = layout.bottom + 44
    for wait in waits:
        start, goal = layout.x(wait.lane), layout.x(wait.holder or 0)
        tip = 6 if goal < start else -6
        _path(svg, f"M{start:g} {y:g}H{goal:g}", "arrow")
        _path(svg, f"M{goal + tip:g} {y - 4:g}L{goal:g} {y:g}L{goal + tip:g} {y + 4:g}", "arrow")
        ET.SubElement(svg, "circle", {"class": "tail", "cx": f"{start:g}", "cy": f"{y:g}", "r": "3"})
        cells = int((abs(goal - start) - 16) / CELL)
        _text(svg, ((start + goal) / 2, y - 7), _broken(wait.text, cells)[0], "where", anchor="middle")
        y += 40


def _path(svg: ET.Element, d: str, look: str) -> None:
    ET.SubElement(svg, "path", {"class": look, "d": d})


def _text(svg: ET.Element, at: tuple[float, float], words: str, look: str, *, anchor: str = "start") -> None:
    x, y = at
    element = ET.SubElement(svg, "text", {"class": look, "x": f"{x:g}", "y": f"{y:g}"})
    if anchor != "start":
        element.set("text-anchor", anchor)
    element.text = words


def _broken(words: str, cells: int) -> list[str]:
    """At most three lines of no more than `cells` cells, broken at blanks where there are some, the rest cut."""
    lines: list[str] = []
    line = ""
    for part in _parts(words, cells):
        if line and _cells(line + part.rstrip()) > cells:
            lines.append(line.rstrip())
            line = part.lstrip()
        else:
            line += part
    lines.append(line.rstrip())
    return lines if len(lines) <= 3 else [*lines[:2], lines[2][:-1] + "…"]


def _parts(words: str, cells: int) -> list[str]:
    """Words with the blank behind them; wide characters, and words that are too long, one by one."""
    parts: list[str] = []
    for word in words.split(" "):
        wide = any(_cells(character) > 1 for character in word)
        parts += [*word, " "] if wide or _cells(word) > cells else [f"{word} "]
    return parts


def _cells(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
