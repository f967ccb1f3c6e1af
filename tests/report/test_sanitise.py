"""What a student's program says can neither command a terminal nor hide in a page."""

from __future__ import annotations

import unicodedata

import pytest

from grader.report.sanitise import clean, clean_line, shorten


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("plain\ttext\n", "plain\ttext\n"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;new title\x07after", "after"),
        ("\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]0;never closed\nnext line", "\nnext line"),
        ("\x1bPdcs\x1b\\x\x9b2Jy\x1bc", "xy"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\x00b\x08c\x7f", "a⟦U+0000⟧b⟦U+0008⟧c⟦U+007F⟧"),
        ("exe.\u202egnp", "exe.⟦U+202E⟧gnp"),
        ("zero\u200bwidth\ufeff", "zero⟦U+200B⟧width⟦U+FEFF⟧"),
        ("lone \udcff surrogate", "lone ⟦U+DCFF⟧ surrogate"),
        ("tag\U000e0041", "tag⟦U+E0041⟧"),
        ("计数器 🧵 é", "计数器 🧵 é"),
        (b"bytes \xff\xfe", "bytes \ufffd\ufffd"),
    ],
)
def test_hidden_characters_are_shown_and_commands_removed(raw: str | bytes, safe: str) -> None:
    """Terminal sequences vanish; characters that hide or reorder others are shown by their number."""
    assert clean(raw) == safe


def test_nothing_that_is_a_control_survives() -> None:
    """Of all characters only tab and line feed are left among the controls, and every text can be encoded."""
    every = "".join(map(chr, range(0x11000))) + "".join(map(chr, range(0xE0000, 0xE0100)))
    survived = {c for c in clean(every) if unicodedata.category(c) in {"Cc", "Cs"}}

    clean(every).encode()
    assert survived == {"\t", "\n"}


def test_cleaning_twice_changes_nothing() -> None:
    """What is clean stays as it is, so two doors in a row do no harm."""
    once = clean("\x1b[1m\u202ex\x00")

    assert clean(once) == once


def test_a_sequence_cannot_be_assembled_from_its_remains() -> None:
    """Removing a sequence from the middle of another leaves no working sequence behind."""
    assert "\x1b" not in clean("\x1b\x1b[31m[31mred")


def test_long_output_keeps_its_beginning_and_its_end() -> None:
    """Two thirds of the lines come from the beginning, one third from the end; the rest is counted."""
    short = shorten("\n".join(map(str, range(100))), lines=9)

    assert (short.head[0], short.head[-1], short.omitted, short.tail) == ("0", "5", 91, ("97", "98", "99"))


def test_a_long_line_is_cut() -> None:
    """One line of a million characters costs no more than its width."""
    assert len(shorten("A" * 1_000_000, lines=3).head[0]) == 400
    assert clean_line("a\nb " + "c" * 500, width=10) == "a b ccccc…"
