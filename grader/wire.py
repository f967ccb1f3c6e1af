"""Facts as JSON bytes: strict on the way in, capped, versioned where others read them.

Two borders use it: the wall (`read`, `shape`), and the pipe between controller and examiner (`dump`, `load`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import msgspec

from grader.inside.vocabulary import Aspect, Handling, Kind, Op, Role

Record = TypeVar("Record")
NAME = msgspec.Meta(max_length=120)


class Malformed(ValueError):
    """Bytes from beyond the wall that are not what they had to be; data about the box, never a fault of ours."""


class _Strict(msgspec.Struct, forbid_unknown_fields=True):
    """Unknown fields are refused."""


class RaisedFrame(_Strict):
    """An exception as the box tells it; `message` and `args` are plain-data JSON."""

    name: str
    bases: list[str]
    message: Any
    args: Any
    frames: list[tuple[Any, int, Any]]


class AnswerFrame(_Strict):
    """What a call came to, as the box tells it."""

    kind: Kind
    value: Any = None
    raised: RaisedFrame | None = None
    name: str = ""
    names: list[str] = []
    signature: str = ""
    message: str = ""


class News(_Strict):
    """What an operation made of a resource."""

    on: str
    aspect: Aspect
    holds: bool | None


class Ask(_Strict):
    """A message from a gate: a request for a turn, or word of an end."""

    op: Op | None = None
    on: str = ""
    line: int | None = None
    value: str = ""
    need: tuple[str, Aspect] | None = None
    wait: float | None = 0.0
    again: bool = False
    clock: int = 0
    idle: bool = False
    leaving: bool = False
    abandons: list[str] = []
    uncontrolled: str | None = None
    news: list[News] = []
    born: list[str] = []
    fed: list[str] = []
    seen: list[str] = []
    killed: list[str] = []
    interrupted: list[str] = []
    handling: Handling | None = None
    free: bool = False


class Introduction(_Strict):
    """The first message of a process at the desk."""

    call: str
    role: Role
    name: str = ""
    size: int = 0
    do: str = ""
    count: int = 0
    offset: int = 0
    format: str = ""
    text: str = ""
    exits: dict[str, int | None] = {}


class ZygoteWord(_Strict):
    """A message of the zygote on the control socket."""

    zygote: int | None = None
    python: str = ""
    started: int | None = None
    ended: int | None = None
    status: int = 0
    names: list[str] | None = None


def read(data: bytes, kind: type[Record]) -> Record:
    """Decode bytes from beyond the wall; raises Malformed whatever they are."""
    try:
        return msgspec.json.decode(data, type=kind, strict=True)
    except (msgspec.MsgspecError, RecursionError, UnicodeError, ValueError) as error:
        raise Malformed(f"not a {kind.__name__}: {str(error)[:200]}") from error


def shape(data: object, kind: type[Record]) -> Record:
    """Give already decoded JSON a shape; raises Malformed."""
    try:
        return msgspec.convert(data, kind, strict=True)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise Malformed(f"not a {kind.__name__}: {str(error)[:200]}") from error


def dump(record: object) -> bytes:
    """A fact of the model as one line of JSON."""
    return msgspec.json.encode(record, enc_hook=_enc)


def load(data: bytes, kind: type[Record]) -> Record:
    """The fact behind a line that our own side wrote; raises Malformed."""
    try:
        return msgspec.json.decode(data, type=kind, dec_hook=_dec)
    except (msgspec.MsgspecError, UnicodeError, ValueError) as error:
        raise Malformed(f"not a {kind.__name__}: {str(error)[:200]}") from error


def _enc(value: object) -> object:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(type(value).__name__)


def _dec(kind: type, value: object) -> object:
    if kind is Path:
        return Path(str(value))
    raise NotImplementedError(kind.__name__)
