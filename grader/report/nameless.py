"""A student's lines without the student: comments, docstrings and every name of the class are taken out."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterable

LEFT = "…"
SHORTEST = 3  # letters of a Latin name, and of how many on it is looked for inside of other words
LONG = 5
SHORTEST_CJK = 2


def nameless(source: str, names: Iterable[str]) -> str:
    """The source with as many lines as before; empty if it is no Python: then nobody knows what is a comment."""
    lines = source.splitlines()
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError, ValueError):
        return ""
    found = []
    before = tokenize.NEWLINE
    for token in tokens:
        if token.type == tokenize.COMMENT:
            found.append((token, f"# {LEFT}"))
        elif token.type == tokenize.STRING and before in {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}:
            found.append((token, f'"{LEFT}"'))
        if token.type not in {tokenize.NL, tokenize.COMMENT, tokenize.ENCODING}:
            before = token.type
    for token, instead in reversed(found):  # from behind: places before it stay where they are
        _blank(lines, token, instead)
    return _without("\n".join(lines), names)


def _blank(lines: list[str], token: tokenize.TokenInfo, instead: str) -> None:
    (first, start), (last, end) = token.start, token.end
    if first == last:
        line = lines[first - 1]
        lines[first - 1] = line[:start] + instead + line[end:]
        return
    rest = lines[last - 1][end:]
    lines[first - 1] = lines[first - 1][:start] + instead
    for number in range(first + 1, last):
        lines[number - 1] = ""
    lines[last - 1] = rest


def _without(text: str, names: Iterable[str]) -> str:
    parts = {part for name in names for part in (name, *re.split(r"[\s,;@._-]+", name)) if part}
    for part in sorted(parts, key=len, reverse=True):
        if (pattern := _pattern(part)) is not None:
            text = re.sub(pattern, LEFT, text, flags=re.IGNORECASE)
    return text


def _pattern(part: str) -> str | None:
    """Where a name would be: anywhere if it is long, alone if it is short, nowhere if any program could hold it."""
    if not part.isascii():
        return re.escape(part) if len(part) >= SHORTEST_CJK else None
    if len(part) >= LONG:
        return re.escape(part)
    if part.isdigit() or len(part) < SHORTEST:
        return None
    return rf"(?<![A-Za-z]){re.escape(part)}(?![A-Za-z])"
