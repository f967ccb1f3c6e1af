"""The only door for text that a student can influence: what comes out is safe to print, in full or cut to size.

Escaping for HTML is not done here: jinja2 (autoescape) and ElementTree escape what they write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NewType

Clean = NewType("Clean", str)

LINE_WIDTH = 400
# An unfinished sequence ends with its line: nobody hides the rest of the output behind an open one.
_TERMINAL_SEQUENCES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|\x9b[0-?]*[ -/]*[@-~]"  # CSI in one byte
    r"|\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)?"  # OSC, DCS, SOS, PM, APC: titles, links
    r"|\x1b[ -/]*[0-~]"  # the rest: character sets, reset
)
# C0 without tab and line feed, C1, soft hyphen, bidi controls, invisible characters, lone surrogates, tags.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortened:
    """Lines from the beginning and from the end; `omitted` counts the lines between them."""

    head: tuple[Clean, ...]
    omitted: int = 0
    tail: tuple[Clean, ...] = ()


def clean(raw: str | bytes) -> Clean:
    """Text without terminal sequences; every character that hides or reorders others is shown by its number."""
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Clean(_HIDDEN.sub(_shown, _TERMINAL_SEQUENCES.sub("", text)))


def clean_line(raw: str | bytes, *, width: int = LINE_WIDTH) -> Clean:
    """As `clean`, on one line of at most `width` characters."""
    return _cut(" ".join(clean(raw[: 8 * width]).split()), width)


def shorten(raw: str | bytes, *, lines: int, width: int = LINE_WIDTH) -> Shortened:
    """As `clean`, cut to `lines` lines (two thirds from the beginning) of at most `width` characters."""
    every = clean(raw).removesuffix("\n").split("\n")
    if len(every) <= lines:
        return Shortened(head=tuple(_cut(line, width) for line in every))
    last = lines // 3
    first = lines - last
    return Shortened(
        head=tuple(_cut(line, width) for line in every[:first]),
        omitted=len(every) - lines,
        tail=tuple(_cut(line, width) for line in every[len(every) - last :]),
    )


def _shown(match: re.Match[str]) -> str:
    return f"⟦U+{ord(match[0]):04X}⟧"


def _cut(text: str, width: int) -> Clean:
    return Clean(text if len(text) <= width else text[: width - 1] + "…")
