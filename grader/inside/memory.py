"""Where a shared Value or Array lies, so that the examiner can map the same memory."""

from __future__ import annotations

import ctypes
from typing import Any

LETTERS = {
    ctypes.sizeof(kind): letter
    for kind, letter in ((ctypes.c_int8, "b"), (ctypes.c_int16, "h"), (ctypes.c_int32, "i"), (ctypes.c_int64, "q"))
}


def place_of(value: Any) -> tuple[int, dict[str, Any]]:
    """The descriptor of the arena and {offset, size, format, count} of a Value or Array, locked or raw.

    Raises TypeError for memory that is not an integer or an array of integers.
    """
    raw = value.get_obj() if hasattr(value, "get_obj") else value
    (arena, start, _stop), size = raw._wrapper._state
    return arena.fd, {"offset": start, "size": size, "format": letter_of(raw), "count": count_of(raw)}


def letter_of(raw: Any) -> str:
    """The struct letter of the integers in `raw`."""
    kind = getattr(raw, "_type_", None)
    simple = (base for base in type(raw).__mro__ if "_type_" in vars(base))
    element: Any = kind if isinstance(kind, type) else next(simple, None)
    code = getattr(element, "_type_", "none")
    if not isinstance(code, str) or code not in "bBhHiIlLqQ":
        raise TypeError(f"shared memory of {type(raw).__name__} cannot be read as integers")
    letter = LETTERS[ctypes.sizeof(element)]
    return letter.upper() if code.isupper() else letter


def count_of(raw: Any) -> int:
    """How many elements; 0 for a single value."""
    return len(raw) if isinstance(raw, ctypes.Array) else 0
