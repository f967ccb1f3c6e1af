"""What lies in a folder that was handed in: names first, bytes only when they are wanted."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pathspec

from grader.errors import Unusable
from grader.model.message import say

MOST_ENTRIES = 100_000  # of a whole class
JUNK = pathspec.GitIgnoreSpec.from_lines(
    [
        *("__MACOSX/", "._*", ".DS_Store", "Thumbs.db", "desktop.ini", "~$*", "*.swp"),
        *("__pycache__/", "*.pyc", ".git/", ".venv/", "venv/", "node_modules/", ".idea/", ".vscode/", ".grade/"),
    ]
)


class TooMuch(Unusable):
    """There is more than anybody hands in; the message says of what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file: its path below what a student handed in, and how to read so many bytes of it (one more if larger).

    `read` raises OSError or ValueError if it cannot be read. `origin` is where it lay when it came to us.
    """

    path: PurePosixPath
    read: Callable[[int], bytes]
    origin: str

    def at(self, path: PurePosixPath) -> Entry:
        """The same file under another path."""
        return Entry(path=path, read=self.read, origin=self.origin)

    @property
    def name(self) -> str:
        """The name of the file, composed: names from a Mac come decomposed."""
        return unicodedata.normalize("NFC", self.path.name)


def in_folder(root: Path) -> tuple[Entry, ...]:
    """The regular files below `root`, junk left out; links are not followed. Raises OSError or TooMuch."""
    found = []
    for path in _files(root):
        relative = PurePosixPath(path.relative_to(root).as_posix())
        if not is_junk(relative):
            found.append(Entry(path=relative, read=_reader(path), origin=str(relative)))
        if len(found) > MOST_ENTRIES:
            raise TooMuch(say("it holds more than {most} files", most=MOST_ENTRIES))
    return tuple(sorted(found, key=lambda entry: entry.path))


def is_junk(path: PurePosixPath) -> bool:
    """Whether it is what systems and tools leave behind, not what somebody wrote."""
    return JUNK.match_file(str(path))


def below(entries: Iterable[Entry], folder: str) -> tuple[Entry, ...]:
    """The entries in a top folder, with their paths below it."""
    return by_folder(entries).get(folder, ())


def by_folder(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """The same for every top folder, in one pass: a class has as many of them as students."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if len(entry.path.parts) > 1:
            found.setdefault(entry.path.parts[0], []).append(entry.at(PurePosixPath(*entry.path.parts[1:])))
    return {folder: tuple(inner) for folder, inner in found.items()}


def top_names(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The names at the top, folders and files, each once."""
    return tuple(dict.fromkeys(entry.path.parts[0] for entry in entries))


def top_folders(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The folders at the top."""
    return tuple(dict.fromkeys(entry.path.parts[0] for entry in entries if len(entry.path.parts) > 1))


def peeled(entries: tuple[Entry, ...], *, at_most: int = 3) -> tuple[Entry, ...]:
    """Without the folders in which everything lies."""
    for _ in range(at_most):
        folders = top_folders(entries)
        if len(folders) != 1 or len(top_names(entries)) != 1:
            break
        entries = below(entries, folders[0])
    return entries


def _files(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if not is_junk(PurePosixPath(f"{entry.name}/")) and entry.name != ".git":
                yield from _files(path)
        elif entry.is_file(follow_symlinks=False):
            yield path


def _reader(path: Path) -> Callable[[int], bytes]:
    def read(at_most: int) -> bytes:
        # Between the listing and now a FIFO or a link could have taken its place.
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with open(opened, "rb") as file:  # noqa: PTH123  (a descriptor, not a path)
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise ValueError("it is not a regular file any more")
            return file.read(at_most + 1)

    return read
