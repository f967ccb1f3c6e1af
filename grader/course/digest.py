"""The digest of an exercise: it changes when any file changes that could change a verdict."""

from __future__ import annotations

import hashlib
from pathlib import Path

CACHES = frozenset({"__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".DS_Store"})


def digest_of(folder: Path) -> str:
    """SHA-256 over names and contents of all files below `folder`; what tools leave behind does not count."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if CACHES.intersection(path.relative_to(folder).parts) or path.suffix == ".pyc" or not path.is_file():
            continue
        name, content = path.relative_to(folder).as_posix().encode(), path.read_bytes()
        # Lengths first: no file can pretend to be the beginning of the next.
        total.update(f"{len(name)} {len(content)} ".encode() + name + content)
    return total.hexdigest()
