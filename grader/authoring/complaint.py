"""One thing that an author has to mend: where, what, and the way out."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from grader.model.message import Message

TODO = "TODO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """`place` is a key or a line of the file, as far as there is one."""

    file: Path
    what: Message
    way_out: Message
    place: str = ""


def parsed(path: Path) -> ast.Module | None:
    """The module, or None if it is none; whoever asks complains only once."""
    try:
        return ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return None
