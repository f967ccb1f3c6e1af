"""Points come into the instructor's own table, into the right cells, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from grader.errors import UsageError
from grader.model.message import say
from grader.report.csv_patch import read_table
from grader.report.lms_csv import Filled, Points, fill_canvas, fill_moodle
from tests.report.samples import EXERCISE

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,No update lost (991),ex03 (4711),Final Score\r\n"
    "    Points Possible,,,,,10,10,(read only)\r\n"
    '"王, 伟",41873,0042,wei,S1,3,,55.5\r\n'
    '"O\'Sullivan, Áine",41902,0043,aine,"S1",,EX,\r\n'
    '"Student, Test",49999,,t,S1,,,\r\n'
)
MOODLE = (
    "Identifier,Full name,Status,Grade,Maximum grade,Grade can be changed,Last modified (grade)\n"
    'Participant 41873,"王 伟",Submitted,2.00,10.00,Yes,-\n'
    "Participant 41902,Áine,,3.00,10.00,No,-\n"
)
MOODLE_ZH = "标识符;姓名;成绩;最高成绩\n参与者41873;王 伟;;10,00\n"


def points(**of: float | None) -> Points:
    """By student."""
    by_student = {student.removeprefix("s"): {"ex03": earned} for student, earned in of.items()}
    return Points(of=by_student, most={"ex03": 10.0})


def canvas(text: str, wanted: Points, *, column: str | None = "ex03 (4711)", **more: Any) -> Filled:
    """A gradebook of Canvas, filled in."""
    wishes = {"ex03": column} if column else {}
    return fill_canvas(read_table(text.encode()), wanted, [EXERCISE], wishes, **{"scale": None, **more})


def test_canvas_gets_its_own_file_back() -> None:
    """One cell is new; what is excused and who is not in it is told."""
    filled = canvas(CANVAS, points(s41873=7.5, s41902=4.0, s1=1.0))

    assert filled.content.decode() == CANVAS.replace("S1,3,,55.5", "S1,3,7.5,55.5")
    assert (filled.written, filled.changed) == (1, 0)
    assert [str(one) for one in filled.left] == [
        "O'Sullivan, Áine (41902), ex03: the table says that it is not to be changed",
        "Student, Test (49999), ex03: nothing was handed in",
        "1 is not in the table",
    ]


def test_who_is_in_the_table_but_not_in_the_roster_is_told_apart() -> None:
    """From who is in both and handed in nothing."""
    wanted = Points(of={"1": {"ex03": 1.0}}, most={"ex03": 10.0}, roster=frozenset({"41873"}))
    filled = canvas(CANVAS.replace("49999", "1"), wanted)

    assert [str(one) for one in filled.left] == [
        "王, 伟 (41873), ex03: nothing was handed in",
        "O'Sullivan, Áine (41902), ex03: nothing was handed in, and the roster has nobody of that id",
    ]


def test_what_needs_a_human_is_not_touched_and_told_with_the_reason() -> None:
    """Of who is in the table, and of who is not."""
    why = say("there are several files for {file}: {names}", file="ex03.py", names="a.py, b.py")
    unclear = {(student, "ex03"): why for student in ("49999", "7")}
    wanted = Points(of={"41873": {"ex03": 1.0}}, most={"ex03": 10.0}, unclear=unclear)
    filled = canvas(CANVAS, wanted)

    assert filled.content.decode() == CANVAS.replace("S1,3,,55.5", "S1,3,1,55.5")
    assert [str(one) for one in filled.left[1:]] == [
        "Student, Test (49999), ex03: needs a human: there are several files for ex03.py: a.py, b.py",
        "7 is not in the table",
    ]


def test_students_may_be_known_by_another_id() -> None:
    """The first column of ids in which any of them stands; zeros in front count."""
    filled = canvas(CANVAS, points(s0042=7.5))

    assert filled.content.decode() == CANVAS.replace("S1,3,,55.5", "S1,3,7.5,55.5")


def test_column_is_found_by_its_title_or_asked_for() -> None:
    """Two that fit are nobody's guess."""
    alone = CANVAS.replace("No update lost (991)", "Essay (991)")
    with pytest.raises(UsageError, match=r"several columns name ex03: No update lost \(991\), ex03 \(4711\)"):
        canvas(CANVAS, points(s41873=7.5), column=None)
    with pytest.raises(UsageError, match="there is no column 'ex3'"):
        canvas(CANVAS, points(s41873=7.5), column="ex3")
    with pytest.raises(UsageError, match="no column is about an exercise"):
        canvas(alone.replace("ex03 (4711)", "ex04 (4711)"), points(s41873=7.5), column=None)

    assert canvas(alone, points(s41873=7.5), column=None).written == 1


def test_other_points_possible_are_not_taken_silently() -> None:
    """Converted or not: the instructor says which."""
    twenty = CANVAS.replace(",10,10,", ",10,20,")
    with pytest.raises(UsageError, match="ex03 has 10 points here and 20 there"):
        canvas(twenty, points(s41873=7.5))

    assert b"S1,3,15,55.5" in canvas(twenty, points(s41873=7.5), scale=True).content
    assert b"S1,3,7.5,55.5" in canvas(twenty, points(s41873=7.5), scale=False).content


def test_moodle_is_filled_in_by_participant() -> None:
    """A grade that may not be changed is left; one that is there is counted."""
    filled = fill_moodle(read_table(MOODLE.encode()), points(s41873=7.5, s41902=4.0), "ex03", scale=None)

    assert filled.content.decode() == MOODLE.replace("Submitted,2.00", "Submitted,7.5")
    assert (filled.written, filled.changed, len(filled.left)) == (1, 1, 1)


def test_moodle_in_another_language_has_a_decimal_comma() -> None:
    """Where the table has semicolons, Moodle reads a comma."""
    filled = fill_moodle(read_table(MOODLE_ZH.encode("utf-8-sig")), points(s41873=7.5), "ex03", scale=None)

    assert filled.content.decode("utf-8-sig") == MOODLE_ZH.replace("王 伟;;", "王 伟;7,5;")


def test_a_comma_in_the_tables_own_numbers_is_kept() -> None:
    """Also between commas: then the number is quoted."""
    text = MOODLE.replace("10.00", '"10,00"')
    filled = fill_moodle(read_table(text.encode()), points(s41873=7.5), "ex03", scale=None)

    assert filled.content.decode() == text.replace("Submitted,2.00", 'Submitted,"7,5"')


def test_what_is_no_grade_is_no_zero() -> None:
    """The cell stays as it is."""
    filled = canvas(CANVAS, points(s41873=None))

    assert filled.content.decode() == CANVAS
    assert str(filled.left[0]) == "王, 伟 (41873), ex03: there is no grade yet"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Name,Points\n1,2\n", "not as Canvas exports it"),
        (CANVAS.replace("41873", "7").replace("0042", ""), "no student of the run is in the table"),
        (CANVAS.replace("41902", "41873"), "41873 is there twice, in rows 3 and 4"),
    ],
)
def test_a_wrong_table_is_told(text: str, said: str) -> None:
    """Before anything is written."""
    with pytest.raises(UsageError, match=said):
        canvas(text, points(s41873=7.5))
