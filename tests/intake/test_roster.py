"""A class list as systems export it: ids stay text, faults are told with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.intake.roster import read_roster


@pytest.mark.parametrize(
    "text",
    [
        "id,name\n0042,张伟\n0043,Ann\n",
        "\ufeff姓名,学号\n张伟,0042\nAnn,0043\n",
        "Name,Section,ID\r\n张伟,1,0042\r\nAnn,2,0043\r\n",
    ],
)
def test_ids_and_names_are_found_by_their_headings(tmp_path: Path, text: str) -> None:
    """In any order, in either language, with the mark that Excel writes; zeros in front stay."""
    path = tmp_path / "roster.csv"
    path.write_bytes(text.encode("utf-8"))

    assert {student: one.name for student, one in read_roster(path).items()} == {"0042": "张伟", "0043": "Ann"}


def test_a_student_may_have_late_days_of_the_own(tmp_path: Path) -> None:
    """Where the column is empty, the policy of the course holds."""
    path = tmp_path / "roster.csv"
    path.write_text("id,name,late_days\n1,Ann,5\n2,Ben,\n")

    assert [one.late_days for one in read_roster(path).values()] == [5, None]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b\n1,2\n", "no headings"),
        (b"id,name\n1,x\n1,y\n", "line 3: 1 is there twice"),
        (b"\xff\xfe", "cannot be read"),
        (b"id,name,late_days\n1,x,two\n", "line 2: 'two' is no number of late days"),
    ],
)
def test_what_is_wrong_with_it_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    """With the file, and the line where there is one."""
    path = tmp_path / "roster.csv"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=words):
        read_roster(path)
