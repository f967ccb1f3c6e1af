"""Which of the known words one that was mistyped is meant for."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

MOST = 8  # words that are looked at more closely


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like it, letters that changed places before all others; None if none is near."""
    close = difflib.get_close_matches(word, list(known), n=MOST)
    same = (name for name in close if sorted(name) == sorted(word))
    return next(same, close[0] if close else None)
