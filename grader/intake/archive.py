"""What lies in a zip or tar archive: read in memory and never extracted, so nothing can escape or be overwritten."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import re
import stat
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from grader.errors import Unusable
from grader.intake.entries import Entry, TooMuch, is_junk
from grader.model.message import say
from grader.texts import why

LARGEST = 64 * 1024 * 1024  # bytes of one archive, as it is handed in
MOST_FILES = 2_000
MOST_UNPACKED = 200 * 1024 * 1024  # bytes that are looked at to list a tar archive
DEEPEST = 2  # archives within archives
ZIP = re.compile(r"\.zip$", re.IGNORECASE)
TAR = re.compile(r"\.(tar|tar\.gz|tgz|tar\.bz2|tbz2?|tar\.xz|txz)$", re.IGNORECASE)
OTHERS = re.compile(r"\.(7z|rar|gz|bz2|xz|zipx)$", re.IGNORECASE)
UTF8_FLAG, ENCRYPTED_FLAG = 0x800, 0x1
DRIVE = re.compile(r"^[A-Za-z]:")
DAMAGED = (zlib.error, lzma.LZMAError)  # what the decompressors raise; neither is an OSError or a ValueError


class BadArchive(Unusable):
    """It cannot be read as an archive, or not safely; the message says why."""


def is_archive(name: str) -> bool:
    """Whether we look into files of this name."""
    return bool(ZIP.search(name) or TAR.search(name))


def is_other_archive(name: str) -> bool:
    """Whether it is an archive that we do not look into."""
    return not is_archive(name) and bool(OTHERS.search(name))


def in_archive(name: str, content: bytes) -> tuple[Entry, ...]:
    """The regular files of an archive, junk left out. Raises BadArchive."""
    if len(content) > LARGEST:
        raise BadArchive(say("it is larger than {most} MiB", most=LARGEST // 2**20))
    try:
        found = _in_zip(content) if ZIP.search(name) else _in_tar(name, content)
        entries = tuple(entry for entry in found if not is_junk(entry.path))
    except TooMuch as much:
        raise BadArchive(much.message) from None
    except (
        zipfile.BadZipFile,
        tarfile.TarError,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        *DAMAGED,
    ) as error:
        raise BadArchive(say("it is damaged, or no archive ({reason})", **why(error))) from error
    _refuse_clashes(entries)
    return entries


def unpacked(entries: tuple[Entry, ...], *, depth: int = 0) -> tuple[Entry, ...]:
    """The entries with those of the archives among them in their place. Raises BadArchive."""
    found: list[Entry] = []
    for entry in entries:
        if not is_archive(entry.name):
            found.append(entry)
            continue
        if depth >= DEEPEST:
            raise BadArchive(say("it holds archives in archives in archives"))
        try:
            inner = in_archive(entry.name, entry.read(LARGEST))
        except (BadArchive, ValueError) as bad:
            raise BadArchive(say("{file}: {reason}", file=entry.name, **why(bad))) from None
        moved = (
            Entry(path=entry.path.parent / one.path, read=one.read, origin=f"{entry.origin}/{one.origin}")
            for one in inner
        )
        found += unpacked(tuple(moved), depth=depth + 1)
        if len(found) > MOST_FILES:
            raise BadArchive(say("it holds more than {most} files", most=MOST_FILES))
    return tuple(found)


def _in_zip(content: bytes) -> Iterator[Entry]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    members = archive.infolist()
    if len(members) > MOST_FILES:
        raise TooMuch(say("it holds more than {most} files", most=MOST_FILES))
    for info, name in zip(members, _names(members), strict=True):
        kind = stat.S_IFMT(info.external_attr >> 16)
        if info.is_dir() or name.endswith("/") or kind not in {0, stat.S_IFREG}:
            continue  # a link leads somewhere else: what was handed in is files
        if info.flag_bits & ENCRYPTED_FLAG:
            raise BadArchive(say("it is encrypted"))

        def read(at_most: int, info: zipfile.ZipInfo = info) -> bytes:
            try:
                with archive.open(info) as file:
                    return file.read(at_most + 1)
            except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, *DAMAGED) as error:
                raise ValueError(str(error)) from error

        yield Entry(path=_safe(name), read=read, origin=name)


def _names(members: list[zipfile.ZipInfo]) -> list[str]:
    """The names as they were meant: without the UTF-8 flag they are bytes in the sender's encoding, read as cp437."""
    if any(info.flag_bits & UTF8_FLAG for info in members):
        return [info.filename for info in members]
    raw = [info.orig_filename.encode("cp437", "replace") for info in members]
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return [name.decode(encoding) for name in raw]
    return [info.filename for info in members]


class _Bounded(io.RawIOBase):
    """A stream that refuses to give more than is decent."""

    def __init__(self, stream: io.BufferedIOBase | io.RawIOBase) -> None:
        self._stream = stream
        self._rest = MOST_UNPACKED

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Some bytes; raises TooMuch at the bound."""
        data = self._stream.read(min(len(buffer), 65_536)) or b""
        self._rest -= len(data)
        if self._rest < 0:
            raise TooMuch(say("it holds more than {most} MiB", most=MOST_UNPACKED // 2**20))
        buffer[: len(data)] = data
        return len(data)


def _in_tar(name: str, content: bytes) -> Iterator[Entry]:
    raw = io.BytesIO(content)
    lower = name.lower()
    stream: io.BufferedIOBase | io.RawIOBase = raw
    if lower.endswith(("gz", "tgz")):
        stream = gzip.GzipFile(fileobj=raw)
    elif lower.endswith(("bz2", "tbz", "tbz2")):
        stream = bz2.BZ2File(raw)
    elif lower.endswith(("xz", "txz")):
        stream = lzma.LZMAFile(raw)  # noqa: SIM115  (it ends with the bytes it reads from)
    kept = 0
    with tarfile.open(fileobj=_Bounded(stream), mode="r|") as archive:
        for count, member in enumerate(archive, start=1):
            if count > MOST_FILES:
                raise TooMuch(say("it holds more than {most} files", most=MOST_FILES))
            file = archive.extractfile(member) if member.isreg() else None
            if file is None or is_junk(PurePosixPath(member.name)):
                continue
            data = file.read(LARGEST + 1)
            kept += len(data)
            if kept > LARGEST:
                raise TooMuch(say("it holds more than {most} MiB", most=LARGEST // 2**20))

            def read(at_most: int, data: bytes = data) -> bytes:
                return data[: at_most + 1]

            yield Entry(path=_safe(member.name), read=read, origin=member.name)


def _safe(name: str) -> PurePosixPath:
    """The path with Windows' separators read as such; raises BadArchive if it leads out of the archive."""
    path = PurePosixPath(unicodedata.normalize("NFC", DRIVE.sub("", name.replace("\\", "/"))))
    if path.is_absolute() or ".." in path.parts or not path.parts or "\0" in name:
        raise BadArchive(say("the name {name} leads out of it", name=repr(name[:80])))
    return path


def _refuse_clashes(entries: tuple[Entry, ...]) -> None:
    seen: dict[str, str] = {}
    for entry in entries:
        text = str(entry.path)
        other = seen.setdefault(text.casefold(), text)
        if other is not text:
            both = {"first": repr(other), "second": repr(text)}
            raise BadArchive(say("it holds {first} and {second}, which are one file on many machines", **both))
