"""Draws an interleaving as swim lanes (SVG): a lane per worker, a row per step, read from top to bottom.

No `style` attributes and no script: classes take their colours from the page, in light, dark and print. What colour
says is also said by shape (solid: holds, hatched: waits, dotted: works with an old value) and by words.

    first              second             queue-1
    │ takes lock-1     │            1
    ┃                  │ puts 7     2     ▪
    │ gets 7  <--------'            3
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from grader.report.interleaving import Interleaving, State, Stretch, Turn, Wait
from grader.report.layout import (
    CELL,
    GUTTER,
    LINE,
    QUEUE_WIDTH,
    SMALL_LINE,
    TEXT_START,
    TOP,
    Layout,
    Row,
    broken,
    lay_out,
)
from grader.report.steps import Kind
from grader.texts import speaker

BAR = 6
ITEM = 6  # pixels per item in a queue
MOST_ITEMS = 5
BESIDE, CORNER = 10, 4


def draw(told: Interleaving, name: str) -> str:
    """The SVG as text; `name` makes its ids unique in the page."""
    layout = lay_out(told)
    waits = [wait for wait in told.waits if wait.holder is not None]
    height = layout.bottom + (22 + 40 * len(waits) if waits else 12 if not told.waits else 30)
    svg = ET.Element(
        "svg",
        {
            "class": f"timeline columns-{layout.columns}",
            "role": "img",
            "aria-labelledby": f"{name}-title {name}-desc",
            "viewBox": f"0 0 {layout.width} {height:g}",
            "width": str(layout.width),
            "height": f"{height:g}",
        },
    )
    _ = speaker(told.language)
    ET.SubElement(svg, "title", {"id": f"{name}-title"}).text = _("What happened, step by step")
    ET.SubElement(svg, "desc", {"id": f"{name}-desc"}).text = told.sentence
    _hatching(svg, name)
    _lanes(svg, told, layout)
    _queues(svg, layout)
    for stretch in told.stretches:
        _stretch(svg, stretch, layout, name)
    for row in layout.rows:
        _handover(svg, row, layout)
    for row in layout.rows:
        _row(svg, row, layout, lost=told.lost is not None and row.turn.number == told.lost.written)
    if told.waits:
        _end(svg, told, waits, layout)
    return ET.tostring(svg, encoding="unicode")


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
        _text(svg, (x - 4, 16), broken(label, int(layout.lane_width / CELL) - 1)[0], "worker")
        _path(svg, f"M{x:g} {TOP - 6}V{_last(told, lane, layout):g}", "life")
    if told.earlier:
        _text(svg, (layout.x(0) + 16, TOP + 10), _("… {count} more steps …", count=told.earlier), "where")
    if told.later:
        _text(svg, (layout.x(0) + 16, layout.bottom - 4), _("… {count} more steps …", count=told.later), "where")


def _last(told: Interleaving, lane: int, layout: Layout) -> float:
    """How far down a lane lives: to its end, or to the bottom if it is not seen to end."""
    mine = [row for row in layout.rows if row.turn.lane == lane]
    ended = bool(mine) and mine[-1].turn.kind is Kind.EDGE and not told.later
    return mine[-1].y if ended else layout.bottom


def _queues(svg: ET.Element, layout: Layout) -> None:
    """For each queue a silhouette of its length: a bar from each step to the next, as wide as there are items."""
    ends = [*(row.y for row in layout.rows[1:]), layout.bottom]
    for place, name in enumerate(layout.queues):
        x, before = layout.x_queue(place), 0
        _text(svg, (x - 2, 16), broken(name, int(QUEUE_WIDTH / CELL))[0], "where")
        _path(svg, f"M{x:g} {TOP - 6}V{layout.bottom:g}", "life")
        for row, end in zip(layout.rows, ends, strict=True):
            count = row.turn.standing.depths.get(name, 0)
            if count:
                size = {"width": f"{min(count, MOST_ITEMS) * ITEM}", "height": f"{end - row.y:g}"}
                ET.SubElement(svg, "rect", {"class": "depth", "x": f"{x:g}", "y": f"{row.y:g}", **size})
            if count != before:
                _text(svg, (x + min(count, MOST_ITEMS) * ITEM + 5, row.y + 4), str(count), "number")
            before = count


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


def _handover(svg: ET.Element, row: Row, layout: Layout) -> None:
    """An arrow from the step that put an item to the one that takes it, if both are shown and in different lanes.

    It runs where no text is: above the row of the put, then down beside the bar of the one who takes.
    """
    put = next((other for other in layout.rows if other.turn.number == row.turn.taken_from), None)
    if put is None or put.turn.lane == row.turn.lane:
        return
    start, goal = layout.x(put.turn.lane), layout.x(row.turn.lane)
    above = put.y - BESIDE
    beside = goal - BESIDE - 2 * (row.turn.number % 2)
    side = CORNER if beside > start else -CORNER
    _path(
        svg,
        f"M{start:g} {put.y - 4:g}Q{start:g} {above:g} {start + side:g} {above:g}H{beside - side:g}"
        f"Q{beside:g} {above:g} {beside:g} {above + CORNER:g}V{row.y - CORNER:g}"
        f"Q{beside:g} {row.y:g} {beside + 3:g} {row.y:g}H{goal - 5:g}",
        "handover",
    )
    _path(svg, f"M{goal - 8.5:g} {row.y - 3.5:g}L{goal - 4.5:g} {row.y:g}L{goal - 8.5:g} {row.y + 3.5:g}", "handover")


def _row(svg: ET.Element, row: Row, layout: Layout, *, lost: bool) -> None:
    x, y = layout.x(row.turn.lane), row.y
    _text(svg, (GUTTER - 10, y + 4), str(row.turn.number), "number", anchor="end")
    _mark(svg, row.turn, x, y)
    if lost:
        _path(svg, f"M{x - 8:g} {y - 8:g}L{x + 8:g} {y + 8:g}M{x - 8:g} {y + 8:g}L{x + 8:g} {y - 8:g}", "gone")
    baseline = y + 4
    for words in row.words:
        _text(svg, (x + TEXT_START, baseline), words, "step crucial" if row.turn.crucial else "step")
        baseline += LINE
    for words, look in row.small:
        _text(svg, (x + TEXT_START, baseline - 1), words, look)
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
    _path(svg, f"M{GUTTER - 8} {layout.bottom:g}H{layout.width - 2}", "end")
    _text(svg, (GUTTER - 8, layout.bottom + 15), _("From here on nothing moves."), "remark")
    y = layout.bottom + 44
    for wait in waits:
        start, goal = layout.x(wait.lane), layout.x(wait.holder or 0)
        tip = 6 if goal < start else -6
        _path(svg, f"M{start:g} {y:g}H{goal:g}", "arrow")
        _path(svg, f"M{goal + tip:g} {y - 4:g}L{goal:g} {y:g}L{goal + tip:g} {y + 4:g}", "arrow")
        ET.SubElement(svg, "circle", {"class": "tail", "cx": f"{start:g}", "cy": f"{y:g}", "r": "3"})
        cells = int((abs(goal - start) - 16) / CELL)
        _text(svg, ((start + goal) / 2, y - 7), broken(wait.text, cells)[0], "where", anchor="middle")
        y += 40


def _path(svg: ET.Element, d: str, look: str) -> None:
    ET.SubElement(svg, "path", {"class": look, "d": d})


def _text(svg: ET.Element, at: tuple[float, float], words: str, look: str, *, anchor: str = "start") -> None:
    x, y = at
    element = ET.SubElement(svg, "text", {"class": look, "x": f"{x:g}", "y": f"{y:g}"})
    if anchor != "start":
        element.set("text-anchor", anchor)
    element.text = words
