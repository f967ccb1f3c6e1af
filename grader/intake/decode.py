"""Which characters the bytes of a source file stand for, decided as Python decides it."""

from __future__ import annotations

import codecs
import io
import re
import tokenize
import warnings
from dataclasses import dataclass

from grader.model.message import Message, say

# Character sets that people save files in. Python would run others (idna, punycode, unicode_escape); decoding those can
# take minutes for a megabyte, or shows people another program than the one that runs.
CHARACTER_SETS = re.compile(
    r"utf-8(-sig)?|ascii|iso8859-\d+|cp\d+|gbk?|gb2312|gb18030|hz|big5(hkscs)?|koi8-\w|mac-\w+|shift_jis\w*|euc_\w+|johab"
)

COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=]", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecodable:
    """Why Python could not even read the characters, and on which line."""

    message: Message
    line: int | None = None


def decode(content: bytes) -> str | Undecodable:
    """The text, or why there is none."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Undecodable(message=say("the file is saved as UTF-16; Python reads UTF-8: save it as UTF-8"))
    try:
        declared, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    except SyntaxError as error:
        # It also complains of bytes that are no UTF-8 in the first two lines; to those there is a better answer below.
        if COOKIE.search(b"\n".join(content.removeprefix(codecs.BOM_UTF8).splitlines()[:2])):
            return Undecodable(message=say("the coding line is wrong: {reason}", reason=str(error)), line=1)
        declared = "utf-8"
    name = codecs.lookup(declared).name
    if not CHARACTER_SETS.fullmatch(name):
        return Undecodable(message=say("the coding line names {name}: save the file as UTF-8", name=declared), line=1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return content.decode(declared)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Undecodable(message=_not_utf8(content, declared), line=line)


def as_text(content: bytes) -> str:
    """The text to show to people: as Python reads it, and whatever can be read of it where Python reads nothing."""
    text = decode(content)
    if isinstance(text, str):
        return text
    return content.decode("gb18030" if _looks_chinese(content) else "utf-8", errors="replace")


def _not_utf8(content: bytes, declared: str) -> Message:
    if not declared.startswith("utf-8"):
        return say("the coding line says {name}, but the file has other bytes: save it as UTF-8", name=declared)
    if _looks_chinese(content):
        return say("the file is not UTF-8; it looks like GBK (also called ANSI or GB18030): save it as UTF-8")
    return say("the file is not UTF-8: save it as UTF-8")


def _looks_chinese(content: bytes) -> bool:
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= character <= "\u9fff" for character in text)
