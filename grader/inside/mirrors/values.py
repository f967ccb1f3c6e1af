"""Value and Array, raw and with their lock: every read and every write is a turn of its own.

`counter.value += 1` is a read and a write (library docs, "Shared ctypes Objects"); a locked one holds its own lock for
each of them, not for both.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import lru_cache
from multiprocessing import sharedctypes as _sharedctypes
from typing import Any

from .. import gate, regions
from ..vocabulary import Aspect, Op
from .locks import need_of

sharedctypes: Any = _sharedctypes  # its private parts are what a mirror replaces

_new_value = sharedctypes._new_value
_synchronized = sharedctypes.SynchronizedBase.__init__
_simple_value: Any = vars(ctypes._SimpleCData)["value"]


def install() -> None:
    """Gate the memory of shared ctypes objects."""
    sharedctypes.SynchronizedBase.__init__ = _named_lock
    sharedctypes._new_value = _named_value
    sharedctypes.Synchronized.value = property(_locked(_getter("value"), Op.READ), _locked(_setter("value"), Op.WRITE))
    for name in ("value", "raw"):
        access = _locked(_getter(name), Op.READ, ":"), _locked(_setter(name), Op.WRITE, ":")
        setattr(sharedctypes.SynchronizedString, name, property(*access))
    array = sharedctypes.SynchronizedArray
    array.__getitem__ = _locked(lambda raw, index: raw[index], Op.READ)
    array.__setitem__ = _locked(_set_item, Op.WRITE)


def _named_lock(self: Any, obj: Any, lock: Any = None, ctx: Any = None) -> None:
    _synchronized(self, obj, lock, ctx)
    if not gate.is_off() and lock is None:
        self._lock._gate_name = f"{obj._gate_name}.get_lock()"


def _named_value(type_: Any) -> Any:
    if gate.is_off():
        return _new_value(type_)
    element = getattr(type_, "_type_", None)
    if not (isinstance(element, str) or getattr(element, "_type_", None)):
        gate.uncontrolled(f"shared memory of {type_.__name__}")
    raw = _new_value(_gated_type(type_))
    raw._gate_name = gate.new_name("array" if issubclass(type_, ctypes.Array) else "value")
    item = ctypes.sizeof(element) if isinstance(element, type) else ctypes.sizeof(type_)
    regions.note(raw, raw._gate_name, item=item)
    return raw


@lru_cache(maxsize=64)
def _gated_type(type_: Any) -> Any:
    if not issubclass(type_, ctypes.Array):
        return _subtype(type_, {"value": property(_raw_get, _raw_set)})
    gated = _subtype(type_, {"__getitem__": _raw_get_item, "__setitem__": _raw_set_item})
    for name in {"value", "raw"} & {*dir(type_)}:  # an array of characters: ctypes gives them to each such type itself
        setattr(gated, name, property(*_whole(getattr(type_, name))))
    return gated


def _subtype(type_: Any, members: dict[str, Any]) -> Any:
    return type(type_.__name__, (type_,), {"__module__": type_.__module__, **members})


def _whole(descriptor: Any) -> tuple[Callable[[Any], Any], Callable[[Any, Any], None]]:
    """Reading and writing the characters of an array at once."""

    def read(raw: Any) -> Any:
        return _on(raw, Op.READ, lambda: descriptor.__get__(raw), index=":")

    def write(raw: Any, value: Any) -> None:
        _on(raw, Op.WRITE, lambda: descriptor.__set__(raw, value), gate.shown(value), index=":")

    return read, write


def _raw_get(raw: Any) -> Any:
    return _on(raw, Op.READ, lambda: _simple_value.__get__(raw))


def _raw_set(raw: Any, value: Any) -> None:
    _on(raw, Op.WRITE, lambda: _simple_value.__set__(raw, value), _stored(raw, value))


def _raw_get_item(raw: Any, index: Any) -> Any:
    return _on(raw, Op.READ, lambda: super(type(raw), raw).__getitem__(index), index=index)


def _raw_set_item(raw: Any, index: Any, value: Any) -> None:
    _on(raw, Op.WRITE, lambda: super(type(raw), raw).__setitem__(index, value), str(value)[:40], index=index)


def _on(raw: Any, op: Op, action: Callable[[], Any], value: str = "", index: Any = None) -> Any:
    if gate.is_off():
        return action()
    return gate.turn(op, _name(raw, index), lambda: (True, _seen(op, action())), value=value)


def _locked(action: Callable[..., Any], op: Op, place: str | None = None) -> Callable[..., Any]:
    """An access of a locked object: it takes the object's own lock for this one access."""

    def access(self: Any, *arguments: Any) -> Any:
        raw, lock = self._obj, self._lock
        if gate.is_off():
            with lock:
                return action(raw, *arguments)
        if not hasattr(lock, "_semlock"):
            gate.uncontrolled("shared memory with a lock of another kind")

        def attempt() -> tuple[bool, Any]:
            if not lock._semlock.acquire(False):
                gate.tell(lock._gate_name, Aspect.FREE, False)
                return False, None
            try:
                return True, _seen(op, action(raw, *arguments))
            finally:
                lock._semlock.release()

        index = place or (arguments[0] if hasattr(raw, "__getitem__") else None)
        value = "" if op is Op.READ else _stored(raw, arguments[-1])
        return gate.turn(op, _name(raw, index), attempt, need=need_of(lock), wait=None, value=value)

    return access


def _getter(name: str) -> Callable[[Any], Any]:
    return lambda raw: getattr(raw, name)


def _setter(name: str) -> Callable[[Any, Any], None]:
    return lambda raw, value: setattr(raw, name, value)


def _set_item(raw: Any, index: Any, value: Any) -> None:
    raw[index] = value


def _seen(op: Op, result: Any) -> Any:
    if op is Op.READ:
        gate.saw_text(repr(result)[:40]) if isinstance(result, bytes) else gate.saw(result)
    return result


def _name(raw: Any, index: Any) -> str:
    return str(raw._gate_name) if index is None else f"{raw._gate_name}[{index}]"[:60]


def _stored(raw: Any, value: Any) -> str:
    """What the memory will hold after `value` was written: C integers wrap around silently."""
    if isinstance(raw, ctypes.Array):
        return str(value)[:40]
    base = next(kind for kind in type(raw).__mro__ if "_type_" in vars(kind))
    try:
        return str(base(value).value)[:40]
    except TypeError:
        return ""  # the real write will raise
