"""Compiled files for a box: each process that is spawned in it would compile our code once more."""

from __future__ import annotations

import importlib.util
import marshal
import sys
from collections.abc import Mapping
from pathlib import PurePosixPath
from types import CodeType

# PEP 552: hash-based, and not to be compared with the source, which nobody can change in a box.
_UNCHECKED = (0b01).to_bytes(4, "little")


def compiled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """For Python sources by their path below the box's root: where the interpreter looks for each one's bytecode.

    An interpreter of another version does not look at them: it has another cache tag, or refuses the magic number.
    """
    return {_cache(path): _pyc(source, _code(path, source)) for path, source in files.items() if path.endswith(".py")}


def _cache(path: str) -> str:
    place = PurePosixPath(path)
    return str(place.parent / "__pycache__" / f"{place.stem}.{sys.implementation.cache_tag}.pyc")


def _code(path: str, source: bytes) -> CodeType:
    return compile(source, f"/{path}", "exec", dont_inherit=True)  # the import puts its own path in


def _pyc(source: bytes, code: CodeType) -> bytes:
    return importlib.util.MAGIC_NUMBER + _UNCHECKED + importlib.util.source_hash(source) + marshal.dumps(code)
