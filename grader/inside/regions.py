"""Which addresses of this process lie in memory that is shared, and how a stretch of it is called.

A view may be cut, cast and handed on: where it points tells what it is, whatever it was made of. Forks inherit the
table together with the mappings.
"""

from __future__ import annotations

import ctypes
import mmap
import weakref
from dataclasses import dataclass, replace
from typing import Any

FULL_RO = 0x011C  # PyBUF_FULL_RO (CPython, object.h): any buffer, with its shape, for reading
CData: Any = ctypes.c_int.__mro__[2]
BUFFERS = (memoryview, mmap.mmap, CData)  # what can be a view of shared memory


class _Buffer(ctypes.Structure):
    """Py_buffer, as the documentation of the C API lists it."""

    _fields_ = (
        ("buf", ctypes.c_void_p),
        ("obj", ctypes.c_void_p),
        ("len", ctypes.c_ssize_t),
        ("itemsize", ctypes.c_ssize_t),
        ("readonly", ctypes.c_int),
        ("ndim", ctypes.c_int),
        ("format", ctypes.c_char_p),
        ("shape", ctypes.POINTER(ctypes.c_ssize_t)),
        ("strides", ctypes.POINTER(ctypes.c_ssize_t)),
        ("suboffsets", ctypes.POINTER(ctypes.c_ssize_t)),
        ("internal", ctypes.c_void_p),
    )


_get_buffer: Any = ctypes.pythonapi.PyObject_GetBuffer
_get_buffer.argtypes = (ctypes.py_object, ctypes.POINTER(_Buffer), ctypes.c_int)
_release: Any = ctypes.pythonapi.PyBuffer_Release
_release.argtypes = (ctypes.POINTER(_Buffer),)


@dataclass(frozen=True, slots=True)
class Region:
    """Shared memory from `start` to before `stop`; its first byte is byte `offset` of what it is a mapping of.

    Stretches are named by bytes where `item` is 1, by elements of so many bytes else. It is gone when `owner` is.
    """

    start: int
    stop: int
    name: str
    offset: int
    item: int
    owner: weakref.ref[Any]

    def is_there(self) -> bool:
        """Whether the memory is still mapped."""
        owner = self.owner()
        return owner is not None and not getattr(owner, "closed", False)


@dataclass(frozen=True, slots=True)
class View:
    """A view of a region: where it begins, and of its first dimension how many elements, and how far apart."""

    region: Region
    address: int
    size: int
    length: int
    stride: int
    itemsize: int
    dimensions: int

    def whole(self) -> str:
        """The name of all of it."""
        return self.stretch(0, self.size)

    def element(self, index: Any) -> str:
        """The name of an element, or of a slice from its first byte to its last one."""
        if self.dimensions != 1 or self.size == 0:
            return self.whole()
        if isinstance(index, slice):
            chosen = range(self.length)[index]
            if not chosen:
                return self.stretch(0, 0)
            first, last = sorted((chosen[0], chosen[-1]))
        elif isinstance(index, int):
            first = last = index + (self.length if index < 0 else 0)
        else:
            return self.whole()
        begins = sorted((first * self.stride, last * self.stride))
        return self.stretch(begins[0], begins[1] + self.itemsize)

    def stretch(self, first: int, stop: int) -> str:
        """The name of the bytes of the view from `first` to before `stop`."""
        region = self.region
        begin = self.address - region.start + region.offset + first
        end = begin + stop - first
        if region.item == 1:
            return f"{region.name}[{begin}]" if stop - first == 1 else f"{region.name}[{begin}:{end}]"
        if (begin, end) == (0, region.stop - region.start) and stop - first == region.item:
            return region.name
        if stop - first == region.item:
            return f"{region.name}[{begin // region.item}]"
        return f"{region.name}[{begin // region.item}:{-(-end // region.item)}]"


_regions: list[Region] = []


def note(owner: Any, name: str, *, offset: int = 0, item: int = 1) -> None:
    """Remember that the memory of `owner` is shared; what was at that address before is not there any more."""
    buffer = _buffer_of(owner)
    if buffer is None or not buffer.buf:
        return
    start, stop = buffer.buf, buffer.buf + buffer.len
    _release(buffer)
    region = Region(start=start, stop=stop, name=name, offset=offset, item=item, owner=weakref.ref(owner))
    _regions[:] = [old for old in _regions if old.is_there() and not (start < old.stop and old.start < stop)]
    _regions.append(region)


def rename(owner: Any, name: str) -> None:
    """From now on the memory of `owner` is called `name`, in views of it, too."""
    _regions[:] = [replace(region, name=name) if region.owner() is owner else region for region in _regions]


def view_of(value: Any) -> View | None:
    """Where `value` points in shared memory; None if it does not."""
    if not _regions or not isinstance(value, BUFFERS):
        return None
    buffer = _buffer_of(value)
    if buffer is None:
        return None
    address = buffer.buf or 0
    try:
        region = next((r for r in _regions if r.start <= address < r.stop and r.is_there()), None)
        if region is None:
            return None
        many = buffer.ndim > 0 and bool(buffer.shape)
        length = buffer.shape[0] if many else 1
        stride = buffer.strides[0] if many and buffer.strides else buffer.itemsize
        return View(region, address, buffer.len, length, stride, buffer.itemsize, max(buffer.ndim, 1))
    finally:
        _release(buffer)


def _buffer_of(value: Any) -> _Buffer | None:
    buffer = _Buffer()
    try:
        _get_buffer(value, buffer, FULL_RO)
    except (TypeError, ValueError, BufferError):
        return None  # a view that was released, a mapping that was closed
    return buffer
