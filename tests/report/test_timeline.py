"""The drawing of a witness fits a phone, says in words what it shows in colour, and escapes what it is given."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from grader.model.attempt import CheckResult
from grader.model.witness import Step, Witness
from grader.report.interleaving import interleave
from grader.report.timeline import draw
from tests.report.samples import DEADLOCK, HOSTILE, LOST_UPDATE
from tests.report.test_standing import FED

WIDTH_OF_A_PHONE = 360


def drawn(witness: Witness | None) -> ET.Element:
    """The drawing, parsed as a browser's strict twin would."""
    assert witness is not None
    return ET.fromstring(draw(interleave(witness, "en"), "check-1"))  # noqa: S314  our own text


def texts(drawing: ET.Element, look: str) -> list[str]:
    """The texts of a class, from top to bottom."""
    return [element.text or "" for element in drawing.iter("text") if look in element.get("class", "").split()]


def test_two_lanes_fit_a_phone() -> None:
    """At 360 pixels with margins, two workers are seen side by side without scrolling."""
    assert int(drawn(LOST_UPDATE).get("width", "")) <= WIDTH_OF_A_PHONE - 28


def test_every_step_has_its_row() -> None:
    """Rows are numbered in virtual order, each lower than the one before."""
    drawing = drawn(LOST_UPDATE)
    rows = [element for element in drawing.iter("text") if element.get("class") == "number"]
    heights = [float(row.get("y", "")) for row in rows]

    assert [row.text for row in rows] == [str(number) for number in range(1, 9)]
    assert heights == sorted(set(heights))


def test_the_lost_update_is_marked_and_said() -> None:
    """The old value is a dotted stretch, and the words stand beside its steps."""
    drawing = drawn(LOST_UPDATE)
    said = " ".join(texts(drawing, "remark"))

    assert [path.get("class") for path in drawing.iter("path")].count("stale") == 1
    assert "lost: step 7 writes over it" in said
    assert "without having seen it" in said


def test_a_deadlock_ends_in_arrows_from_who_waits_to_who_holds() -> None:
    """Below the last step nothing moves, and each waiting worker points at the one it needs."""
    drawing = drawn(DEADLOCK)

    assert "From here on nothing moves." in texts(drawing, "remark")
    assert len([path for path in drawing.iter("path") if path.get("class") == "arrow"]) == 4
    assert len([rect for rect in drawing.iter("rect") if rect.get("class") == "waits"]) == 2


def test_an_item_that_is_handed_over_is_an_arrow_and_a_word() -> None:
    """From the bar of the one who put it to the bar of the one who takes it; the step is said, too."""
    drawing = drawn(Witness(schedule=(), steps=FED))
    arrows = [path for path in drawing.iter("path") if path.get("class") == "handover"]

    assert len(arrows) == 2 * 2  # a line and a tip each
    assert {"put in step 1", "put in step 2"} <= {text.replace("  ", " ") for text in texts(drawing, "where")}


def test_the_length_of_a_queue_stands_beside_the_steps() -> None:
    """A bar as wide as there are items, with the number where it changes."""
    drawing = drawn(Witness(schedule=(), steps=FED))
    widths = [rect.get("width") for rect in drawing.iter("rect") if rect.get("class") == "depth"]

    assert "queue-1" in texts(drawing, "where")
    assert widths == ["6", "12", "12", "6"]


def test_the_write_that_is_lost_is_crossed_out() -> None:
    """It is the one in the middle, not the one that wrote over it."""
    drawing = drawn(LOST_UPDATE)
    rows = {row.text: float(row.get("y", "")) - 4 for row in drawing.iter("text") if row.get("class") == "number"}
    crosses = [path.get("d", "") for path in drawing.iter("path") if path.get("class") == "gone"]

    assert len(crosses) == 1
    assert f" {rows['5'] - 8:g}L" in crosses[0]


def test_a_drawing_carries_neither_style_nor_markup_of_others() -> None:
    """Hostile names are text; no element or attribute comes from them."""
    result: CheckResult = HOSTILE
    drawing = drawn(result.witness)

    assert {element.tag for element in drawing.iter()} <= {
        *("svg", "title", "desc", "defs", "pattern", "rect", "text", "path", "circle")
    }
    assert not any(name == "style" or name.startswith("on") for element in drawing.iter() for name in element.attrib)


def test_text_stays_in_its_lane() -> None:
    """Long phrases are broken into at most three lines, Chinese ones too."""
    step = Step(worker="first", op="put", resource="queue-with-a-long-name", value="('a long value', 12345)", line=3)
    other = Step(worker="second", op="begin", resource="")
    for language in ("en", "zh"):
        told = interleave(Witness(schedule=(), steps=(step, other)), language)
        drawing = ET.fromstring(draw(told, "x"))  # noqa: S314  our own text

        assert len(texts(drawing, "step")) <= 4
