"""Plain data as JSON: exact types only, everything else becomes a name.

None, bool, str and small int stand for themselves; every other value is a pair [tag, content]. The trusted side has
its own, strict reader (`suite.plain`): nothing here is trusted there.
"""

from __future__ import annotations

import base64
from typing import Any

from .vocabulary import PLAIN_DEPTH, PLAIN_NODES

EXACT_INT = 2**53  # larger ones do not survive readers that use doubles
TEXT_LIMIT = 20_000
FRAMES = 12
PUBLIC_NAMES = {"_queue.Empty": "queue.Empty"}  # implemented in C, documented under queue


class _TooLarge(Exception):
    """The value is deeper or has more parts than an answer may have."""


class Encoder:
    """Encodes one value; the count of parts is shared by all of it."""

    def __init__(self) -> None:
        self.parts = 0

    def encode(self, value: Any, depth: int = 0) -> Any:
        """The JSON form of `value`."""
        self.parts += 1
        if depth > PLAIN_DEPTH or self.parts > PLAIN_NODES:
            raise _TooLarge
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is str:
            return _text(value)
        if kind is int:
            return value if -EXACT_INT < value < EXACT_INT else ["int", hex(value)]
        if kind is float:
            return ["float", value.hex()]
        if kind is bytes:
            return ["bytes", base64.b64encode(value).decode("ascii")]
        if kind in (list, tuple, set, frozenset):
            return [kind.__name__, [self.encode(item, depth + 1) for item in value]]
        if kind is dict:
            return ["dict", [[self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in value.items()]]
        if isinstance(value, BaseException):
            return ["raised", self.raised(value, depth + 1)]
        return ["opaque", type_name(kind)]

    def raised(self, error: BaseException, depth: int = 0) -> dict[str, Any]:
        """An exception as data: names of its type and bases, message, arguments, the frames of its traceback."""
        try:
            message = str(error)
        except BaseException as another:
            message = f"<its __str__ raised {type_name(type(another))}>"
        try:
            arguments = self.encode(tuple(error.args), depth + 1)
        except BaseException:
            arguments = None
        return {
            "name": type_name(type(error)),
            "bases": [type_name(base) for base in type(error).__mro__[1:20]],
            "message": _text(message[:TEXT_LIMIT]),
            "args": arguments,
            "frames": _frames(error),
        }


def encode(value: Any) -> Any:
    """The JSON form of `value`; what is too deep, too large or cannot be walked becomes an opaque name."""
    try:
        return Encoder().encode(value)
    except (_TooLarge, RecursionError):
        return ["opaque", f"{type_name(type(value))} that is too deep or too large"]


def encode_raised(error: BaseException) -> dict[str, Any]:
    """The JSON form of an exception."""
    return Encoder().raised(error)


def decode(data: Any) -> Any:
    """The value behind what the (trusted) examiner sent."""
    if not isinstance(data, list):
        return data
    tag, content = data
    match tag:
        case "int":
            return int(content, 16)
        case "float":
            return float.fromhex(content)
        case "bytes":
            return base64.b64decode(content)
        case "dict":
            return {decode(k): decode(v) for k, v in content}
        case "text":
            return bytes.fromhex(content).decode("utf-8", "surrogatepass")
        case _:
            return {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[tag](map(decode, content))


def type_name(kind: type) -> str:
    """`module.Name`, as a reader would import it."""
    name = f"{getattr(kind, '__module__', '?')}.{getattr(kind, '__qualname__', '?')}"[:200]
    return PUBLIC_NAMES.get(name, name)


def _text(value: str) -> Any:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return ["text", value.encode("utf-8", "surrogatepass").hex()]
    return value


def _frames(error: BaseException) -> list[list[Any]]:
    import traceback  # only a failure needs it: every spawned child would pay 3 ms

    try:
        stack = traceback.extract_tb(error.__traceback__)
    except BaseException:
        return []
    return [[_text(frame.filename[:300]), frame.lineno or 0, _text(frame.name[:200])] for frame in stack[-FRAMES:]]
