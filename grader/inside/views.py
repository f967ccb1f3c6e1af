"""What rewritten code does with views of shared memory: each reading and each writing asks for a turn of its own.

`inside.rewriting` puts these functions around whatever the program takes apart, changes or hands to C code. What is
no view of shared memory passes through as it is. Cutting, casting and handing on reads nothing, so it takes no turn.
"""

from __future__ import annotations

import array
import ctypes
import mmap
import struct
import sys
from collections.abc import Callable, Iterator
from types import BuiltinFunctionType, MethodDescriptorType, MethodWrapperType, WrapperDescriptorType
from typing import Any

from . import gate
from .regions import BUFFERS, CData, View, view_of
from .vocabulary import Op

WORD = 8  # bytes that are shown as one number
C_FUNCTIONS = (BuiltinFunctionType, MethodDescriptorType, MethodWrapperType, WrapperDescriptorType)
READING_TYPES = {bytes, bytearray, list, tuple, set, frozenset, str, int, float, array.array}
LAZY_TYPES = {enumerate, zip, map, filter}
NEEDS_ITS_FRAME = {locals, globals, vars, dir, eval, exec, __import__, sys._getframe, sys.exc_info}
READS_NOTHING = {
    *(len, isinstance, issubclass, id, hash, callable, repr, print, getattr, hasattr, setattr),
    *(ctypes.addressof, ctypes.sizeof, ctypes.byref),
}
NO_ACCESS = {"from_buffer", "append", "extend", "add", "insert", "put", "register", "setdefault"}
WRITERS = {"pack_into", "memmove", "memset", "readinto", "readinto1", "recv_into", "recvfrom_into", "readv", "preadv"}
VIEW_READERS = {"tobytes", "tolist", "hex", "__getitem__", "__iter__", "__eq__", "__contains__"}
MAP_READERS = {"read", "read_byte", "readline", "find", "rfind", "__getitem__", "__contains__"}
MAP_WRITERS = {"write", "write_byte", "move", "resize", "__setitem__"}
SIMPLE_ATTRIBUTES = {"value", "raw"}


def on(value: Any) -> Any:
    """`value`, or what stands for it where it is a view of shared memory: for `on(x)[i]` and `on(x).name`."""
    if not isinstance(value, BUFFERS) or gate.is_off() or hasattr(value, "_gate_name"):
        return value
    view = view_of(value)
    return value if view is None else Access(value, view)


def calls(function: Any) -> Any:
    """`function`, or what stands for it where it is made in C and so can read its arguments unseen."""
    if isinstance(function, C_FUNCTIONS):
        if gate.is_off() or function in NEEDS_ITS_FRAME or function in READS_NOTHING:
            return function
        return iterated(function) if function is iter else _asking(function)
    if isinstance(function, type) and not gate.is_off():
        if function in LAZY_TYPES:
            return iterated(function)
        return _asking(function) if function in READING_TYPES else function
    return function


def iterates(value: Any) -> Any:
    """`value`, or an iterator that asks for a turn before each element."""
    view = _view(value)
    return value if view is None else _elements(value, view)


def looks(value: Any) -> Any:
    """`value`, which is about to be compared."""
    view = _view(value)
    return value if view is None else _turn(Op.READ, view.whole(), lambda: value)


def iterated(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` of iterables that it reads later, each of them element by element."""
    return lambda *arguments, **keywords: function(*map(iterates, arguments), **keywords)


class Access:
    """Stands for a view as long as one expression takes it apart."""

    __slots__ = ("_value", "_view")

    def __init__(self, value: Any, view: View) -> None:
        object.__setattr__(self, "_value", value)
        object.__setattr__(self, "_view", view)

    def __getitem__(self, index: Any) -> Any:
        value, view = _parts(self)
        if isinstance(value, memoryview) and isinstance(index, slice):
            return value[index]
        if isinstance(value, ctypes.Array) and not _is_simple(value._type_):
            return value[index]
        return _turn(Op.READ, view.element(index), lambda: value[index])

    def __setitem__(self, index: Any, content: Any) -> None:
        value, view = _parts(self)

        def store() -> None:
            value[index] = content

        _turn(Op.WRITE, view.element(index), store, content)

    def __delitem__(self, index: Any) -> None:
        value, _ = _parts(self)
        del value[index]

    def __getattribute__(self, name: str) -> Any:
        value, view = _parts(self)
        if isinstance(value, CData):
            return _field(value, view, name)
        readers, writers = (MAP_READERS, MAP_WRITERS) if isinstance(value, mmap.mmap) else (VIEW_READERS, set())
        member = getattr(value, name)
        if name not in readers | writers:
            return member
        op = Op.WRITE if name in writers else Op.READ

        def method(*arguments: Any, **keywords: Any) -> Any:
            where = _stretch_of(value, view, name, arguments)
            content = arguments[-1] if op is Op.WRITE and arguments else None
            return _turn(op, where, lambda: member(*arguments, **keywords), content)

        return method

    def __setattr__(self, name: str, content: Any) -> None:
        value, view = _parts(self)
        if isinstance(value, CData):
            _turn(Op.WRITE, _place_of_field(value, view, name), lambda: setattr(value, name, content), content)
        else:
            setattr(value, name, content)


def _parts(access: Access) -> tuple[Any, View]:
    return object.__getattribute__(access, "_value"), object.__getattribute__(access, "_view")


def _view(value: Any) -> View | None:
    if not isinstance(value, BUFFERS) or gate.is_off() or hasattr(value, "_gate_name"):
        return None
    return view_of(value)


def _is_simple(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, ctypes._SimpleCData)


def _field(value: Any, view: View, name: str) -> Any:
    """An attribute of a ctypes object: a number is read, what is made of several is a view again."""
    kind = {field[0]: field[1] for field in getattr(value, "_fields_", ())}.get(name)
    if kind is None and name not in SIMPLE_ATTRIBUTES:
        return getattr(value, name)
    if kind is not None and not _is_simple(kind) and getattr(kind, "_type_", None) is not ctypes.c_char:
        return getattr(value, name)
    return _turn(Op.READ, _place_of_field(value, view, name), lambda: getattr(value, name))


def _place_of_field(value: Any, view: View, name: str) -> str:
    descriptor = getattr(type(value), name, None)
    offset, size = getattr(descriptor, "offset", None), getattr(descriptor, "size", None)
    if isinstance(offset, int) and isinstance(size, int) and offset + size <= view.size:
        return view.stretch(offset, offset + size)
    return view.whole()


def _stretch_of(value: Any, view: View, name: str, arguments: tuple[Any, ...]) -> str:
    """What a method of a mapping touches: files are read and written where they stand."""
    if name in {"read", "read_byte", "write", "write_byte"}:
        size = 1
        if name == "write" and arguments:
            size = memoryview(arguments[0]).nbytes
        elif name == "read":
            asked = arguments[0] if arguments and isinstance(arguments[0], int) else -1
            size = asked if asked >= 0 else view.size
        place = value.tell()
        return view.stretch(place, min(place + size, view.size))
    if name in {"__getitem__", "__setitem__"} and arguments:
        return view.element(arguments[0])
    return view.whole()


def _elements(value: Any, view: View) -> Iterator[Any]:
    elements = iter(value)
    for number in range(view.length):
        try:
            yield _turn(Op.READ, view.element(number), lambda: next(elements))
        except StopIteration:
            return


def _asking(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` made in C: when a view of shared memory is among its arguments, it has a turn to read or write it."""
    name = getattr(function, "__name__", "")
    if name in NO_ACCESS:
        return function

    def called(*arguments: Any, **keywords: Any) -> Any:
        views = [view for value in (*arguments, *keywords.values()) if (view := _view(value)) is not None]
        if not views:
            return function(*arguments, **keywords)
        op = Op.WRITE if name in WRITERS else Op.READ
        where = _packed(function, name, arguments, keywords, views[0]) or views[0].whole()
        content = arguments[-1] if op is Op.WRITE and arguments else None
        return _turn(op, where, lambda: function(*arguments, **keywords), content)

    return called


def _packed(function: Any, name: str, arguments: tuple[Any, ...], keywords: dict[str, Any], view: View) -> str | None:
    """Where struct packs and unpacks: behind an offset, as much as its format says."""
    if name not in {"pack_into", "unpack_from"}:
        return None
    owner = getattr(function, "__self__", None)
    rest = arguments if isinstance(owner, struct.Struct) else arguments[1:]
    offset = rest[1] if len(rest) > 1 else keywords.get("offset", 0)
    try:
        size = owner.size if isinstance(owner, struct.Struct) else struct.calcsize(arguments[0])
    except (struct.error, TypeError, IndexError):
        return None
    return view.stretch(offset, offset + size) if isinstance(offset, int) and offset >= 0 else None


def _turn(op: Op, where: str, action: Callable[[], Any], content: Any = None) -> Any:
    def attempt() -> tuple[bool, Any]:
        result = action()
        if op is Op.READ and (text := text_of(result)):
            gate.saw_text(text)
        return True, result

    return gate.turn(op, where[:70], attempt, value=text_of(content) if op is Op.WRITE else "")


def text_of(content: Any) -> str:
    """A number as it is, a few bytes as the number that they are in this machine's order, "" for the rest."""
    if isinstance(content, tuple) and len(content) == 1:
        content = content[0]
    if isinstance(content, bytes | bytearray) and len(content) in (1, 2, 4, WORD):
        return str(int.from_bytes(content, sys.byteorder))
    if isinstance(content, memoryview | CData | list | tuple | bytes | bytearray):
        return ""
    return "" if content is None else gate.shown(content)
