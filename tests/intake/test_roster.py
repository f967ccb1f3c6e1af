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

    assert read_roster(path) == {"0042": "张伟", "0043": "Ann"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b\n1,2\n", "no headings"),
        (b"id,name\n1,x\n1,y\n", "line 3: 1 is there twice"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_what_is_wrong_with_it_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    """With the file, and the line where there is one."""
    path = tmp_path / "roster.csv"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=words):
        read_roster(path)
