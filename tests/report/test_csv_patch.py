"""A foreign table keeps every byte that is not in a changed cell."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report.csv_patch import NotCsv, read_table

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('",\r\n;'), max_size=8)


@given(st.lists(st.lists(TEXT, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from(["\r\n", "\n"]))
def test_nothing_changed_is_the_same_file(rows: list[list[str]], end: str) -> None:
    """And it is cut where Python's own reader cuts it."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerows([["a", "b"], *rows])
    data = text.getvalue().encode()
    table = read_table(data)

    cells = [[cell.value for cell in row] for row in table.rows]

    assert table.patched({}) == data
    # A line with nothing in it has one empty cell here, none there.
    assert cells == [row or [""] for row in csv.reader(io.StringIO(data.decode(), newline=""))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_cell_changes_in_the_encoding_of_the_file(encoding: str) -> None:
    """Quotes that nobody needs, and line ends, stay as they are."""
    before = 'ID,"Name",Grade\r\n"1",张伟,\r\n2,"Ann, B",7\n'
    after = 'ID,"Name",Grade\r\n"1",张伟,7.5\r\n2,"Ann, B","a,b"\n'
    table = read_table(before.encode(encoding))

    assert table.patched({(1, 2): "7.5", (2, 2): "a,b"}) == after.encode(encoding)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"no table\n", "one column only"),
        (b'a,b\n"1,2\n', "line 2 has a quote that is never closed"),
        (b'a,b\n"1"x,2\n', "line 2 goes on behind a closing quote"),
        (b"\xef\xbb\xbfa,b\n\xff,1\n", "none of these: utf-8"),
    ],
)
def test_what_is_no_table_is_told(data: bytes, why: str) -> None:
    """With the line where there is one."""
    with pytest.raises(NotCsv, match=why):
        read_table(data)
