"""Plain data over the wall, as the trusted side writes and reads it: exact types, counted, never executed."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from grader.inside.vocabulary import PLAIN_DEPTH, PLAIN_NODES
from grader.wire import Malformed, RaisedFrame, shape

EXACT_INT = 2**53
TEXT_SHOWN = 4_000
HEX_DIGITS = 3_000  # longer numbers cannot be shown (sys.get_int_max_str_digits)


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception of the program: `name` is "module.Name", `bases` its base classes' names, nearest first."""

    name: str
    bases: tuple[str, ...]
    message: str
    args: Any
    frames: tuple[tuple[str, int, str], ...] = ()

    def is_a(self, name: str) -> bool:
        """Whether it is of that class or of one below it; builtins need no module."""
        return bool({name, f"builtins.{name}"} & {self.name, *self.bases})

    def __str__(self) -> str:
        name = self.name.removeprefix("builtins.")
        return f"{name}: {self.message}" if self.message else name


@dataclass(frozen=True, slots=True)
class Opaque:
    """A value that is not plain data; it equals nothing that a suite can expect."""

    kind: str

    def __repr__(self) -> str:
        return f"<{self.kind}>"


def encode(value: Any) -> Any:
    """The JSON form of an argument; raises TypeError for what is not plain data."""
    kind = type(value)
    if value is None or kind is bool or kind is str:
        return value
    if kind is int:
        return value if -EXACT_INT < value < EXACT_INT else ["int", hex(value)]
    if kind is float:
        return ["float", value.hex()]
    if kind is bytes:
        return ["bytes", base64.b64encode(value).decode("ascii")]
    if kind in (list, tuple, set, frozenset):
        return [kind.__name__, [encode(item) for item in value]]
    if kind is dict:
        return ["dict", [[encode(key), encode(item)] for key, item in value.items()]]
    raise TypeError(f"{kind.__name__} is not plain data")


class _Decoder:
    def __init__(self) -> None:
        self.parts = 0

    def decode(self, data: Any, depth: int = 0) -> Any:
        self.parts += 1
        if depth > 2 * PLAIN_DEPTH or self.parts > 3 * PLAIN_NODES:
            raise Malformed("a value that is too deep or too large")
        if data is None or type(data) in (bool, int, str):
            return data
        if type(data) is not list or len(data) != 2 or type(data[0]) is not str:
            raise Malformed("a value without a tag")
        tag, content = data
        if tag in ("list", "tuple", "set", "frozenset", "dict"):
            return self._container(tag, content, depth)
        if tag == "raised":
            return raised_of(shape(content, RaisedFrame), self, depth)
        read = _SCALARS.get(tag)
        if read is None or type(content) is not str:
            raise Malformed(f"a value with the tag {tag[:20]!r}")
        return read(content)

    def _container(self, tag: str, content: Any, depth: int) -> Any:
        if type(content) is not list:
            raise Malformed(f"a {tag} that is no list")
        if tag == "dict":
            if any(type(pair) is not list or len(pair) != 2 for pair in content):
                raise Malformed("a dict without pairs")
            return {self.decode(k, depth + 1): self.decode(v, depth + 1) for k, v in content}
        items = [self.decode(item, depth + 1) for item in content]
        return items if tag == "list" else {"tuple": tuple, "set": set, "frozenset": frozenset}[tag](items)


@contextlib.contextmanager
def _reading() -> Iterator[None]:
    """Whatever goes wrong with what came from beyond the wall is Malformed."""
    try:
        yield
    except Malformed:
        raise
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise Malformed(f"not plain data: {str(error)[:100]}") from error


def decode(data: Any) -> Any:
    """The value behind JSON from beyond the wall; raises Malformed."""
    with _reading():
        return _Decoder().decode(data)


def decode_text(data: Any) -> str:
    """A text behind JSON from beyond the wall; raises Malformed."""
    text = decode(data)
    if type(text) is not str:
        raise Malformed("a text that is none")
    return text[:TEXT_SHOWN].encode("utf-8", "replace").decode("utf-8")  # lone surrogates cannot be written down


def raised_of(frame: RaisedFrame, decoder: _Decoder | None = None, depth: int = 0) -> Raised:
    """An exception as the box told it; raises Malformed."""
    with _reading():
        arguments = (decoder or _Decoder()).decode(frame.args, depth + 1)
    return Raised(
        name=frame.name[:200],
        bases=tuple(base[:200] for base in frame.bases[:30]),
        message=decode_text(frame.message),
        args=arguments if isinstance(arguments, tuple) else None,
        frames=tuple((decode_text(f), line, decode_text(where)) for f, line, where in frame.frames[:20]),
    )


def shown(value: Any) -> str:
    """A value as a message shows it."""
    text = repr(value) if not isinstance(value, Raised) else str(value)
    return text if len(text) <= TEXT_SHOWN else f"{text[: TEXT_SHOWN // 2]} … {text[-200:]}"


def same(left: Any, right: Any) -> bool:
    """Deep equality with exact types: 1 is not True, 2.0 is not 2, [1] is not (1,)."""
    if type(left) is not type(right):
        return False
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return _exact(left.keys()) == _exact(right.keys()) and all(same(left[key], right[key]) for key in left)
    if isinstance(left, set | frozenset):
        return _exact(left) == _exact(right)
    return bool(left == right) or (isinstance(left, float) and left != left and right != right)  # noqa: PLR0124 - NaN


def where_they_differ(left: dict[Any, Any], right: dict[Any, Any]) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Of each only the entries that the other has not got like that; nothing where only the types of keys differ."""

    def rest(mine: dict[Any, Any], other: dict[Any, Any]) -> dict[Any, Any]:
        return {key: value for key, value in mine.items() if key not in other or not same(value, other[key])}

    return rest(left, right), rest(right, left)


def _exact(keys: Iterable[Any]) -> set[Any]:
    """The keys with their types, all the way down: 1, 1.0 and True are equal and have one hash."""
    return set(map(_typed, keys))


def _typed(key: Any) -> Any:
    if isinstance(key, tuple | frozenset):
        return type(key), type(key)(map(_typed, key))
    return type(key), key


def _bytes_of(content: str) -> bytes:
    return base64.b64decode(content, validate=True)


_SCALARS: dict[str, Callable[[str], Any]] = {
    "int": lambda content: int(content, 16) if len(content) < HEX_DIGITS else Opaque("a number that is too long"),
    "float": float.fromhex,
    "bytes": _bytes_of,
    "text": lambda content: bytes.fromhex(content).decode("utf-8", "surrogatepass"),
    "opaque": lambda content: Opaque(content[:200]),
}
