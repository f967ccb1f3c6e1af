"""Archives of strangers are read in memory: nothing escapes, nothing exhausts us, names come out as they were meant."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.intake import archive
from grader.intake.archive import BadArchive, in_archive, unpacked
from grader.intake.entries import Entry


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """A zip with these members."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return memory.getvalue()


def tarred(*members: tarfile.TarInfo, mode: str = "w:gz", content: bytes = b"x") -> bytes:
    """A tar with these members, all of the same content."""
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode=mode) as made:  # type: ignore[call-overload]
        for member in members:
            member.size = len(content) if member.isreg() else 0
            made.addfile(member, io.BytesIO(content) if member.isreg() else None)
    return memory.getvalue()


def link(name: str, target: str) -> tuple[zipfile.ZipInfo, bytes]:
    """A symbolic link in a zip."""
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, target.encode()


@pytest.mark.parametrize("name", ["../evil.py", "/etc/evil.py", "a/../../evil.py", "C:\\..\\evil.py", "..\\evil.py"])
def test_names_that_lead_out_refuse_the_archive(name: str) -> None:
    """Whoever writes such names means no good: the archive goes to a human."""
    with pytest.raises(BadArchive, match="leads out of it"):
        in_archive("work.zip", zipped((name, b"x")))
    with pytest.raises(BadArchive, match="leads out of it"):
        in_archive("work.tar.gz", tarred(tarfile.TarInfo(name)))


def test_windows_separators_are_folders() -> None:
    """A backslash separates folders there, and a drive may stand in front."""
    entries = in_archive("work.zip", zipped(("D:work\\ex03.py", b"x")))

    assert [str(entry.path) for entry in entries] == ["work/ex03.py"]


def test_links_and_devices_are_left_out() -> None:
    """Only what was written is handed in."""
    device, pointer = tarfile.TarInfo("null"), tarfile.TarInfo("ex03.py")
    device.type, pointer.type, pointer.linkname = tarfile.CHRTYPE, tarfile.SYMTYPE, "/etc/passwd"

    assert in_archive("work.zip", zipped(link("ex03.py", "/etc/passwd"))) == ()
    assert in_archive("work.tar.gz", tarred(device, pointer)) == ()


def test_names_of_other_systems_are_read_as_meant() -> None:
    """Windows in China writes GBK without saying so, old tools UTF-8 without the flag."""
    for encoding in ("gb18030", "utf-8"):
        info = zipfile.ZipInfo("x" * len("练习/锁.py".encode(encoding)))
        raw = zipped((info, b"x")).replace(info.filename.encode(), "练习/锁.py".encode(encoding))
        assert [str(entry.path) for entry in in_archive("work.zip", raw)] == ["练习/锁.py"]


def test_two_names_that_are_one_on_many_machines_are_refused() -> None:
    """Which one would be graded depended on the instructor's disk."""
    with pytest.raises(BadArchive, match="one file on many machines"):
        in_archive("work.zip", zipped(("ex03.py", b"a"), ("EX03.py", b"b")))


def test_bomb_is_read_up_to_the_limit_only() -> None:
    """A file of a gigabyte of zeros in a small archive costs what was asked for."""
    entry = in_archive("work.zip", zipped(("ex03.py", bytes(50 * 2**20))))[0]

    assert len(entry.read(1000)) == 1001


@pytest.mark.parametrize("ending", ["tar.gz", "tgz"])
def test_tar_bomb_is_refused(monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    """To list a compressed tar one has to unpack it: only so far."""
    monkeypatch.setattr(archive, "MOST_UNPACKED", 2**20)
    bomb = gzip.compress(tarred(tarfile.TarInfo("ex03.py"), mode="w", content=bytes(3 * 2**20)))
    with pytest.raises(BadArchive, match="more than 1 MiB"):
        in_archive(f"work.{ending}", bomb)


def test_archives_in_archives_end_somewhere() -> None:
    """Two levels are what people do by accident; more is a trick."""
    content = zipped(("ex03.py", b"x"))
    for _ in range(4):
        content = zipped(("inner.zip", content))
    with pytest.raises(BadArchive, match="archives in archives in archives"):
        unpacked(in_archive("outer.zip", content))


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody writes thousands of files for an exercise."""
    monkeypatch.setattr(archive, "MOST_FILES", 10)
    with pytest.raises(BadArchive, match="more than 10 files"):
        in_archive("work.zip", zipped(*((f"{number}.py", b"") for number in range(11))))


def test_encrypted_archive_is_told() -> None:
    """It can only be opened by its sender."""
    raw = bytearray(zipped(("ex03.py", b"x")))
    raw[6] |= 1
    central = raw.index(b"PK\x01\x02")
    raw[central + 8] |= 1
    with pytest.raises(BadArchive, match="encrypted"):
        in_archive("work.zip", bytes(raw))


def test_damaged_file_in_an_archive_cannot_be_read() -> None:
    """A byte that a broken download has changed is no end of the whole run."""
    raw = bytearray(zipped(("ex03.py", b"x" * 50)))
    raw[30 + len("ex03.py")] = 0  # the first byte of what is compressed
    entry = in_archive("work.zip", bytes(raw))[0]
    with pytest.raises(ValueError, match="decompressing"):
        entry.read(1000)

    raw = bytearray(zipped(("inner.zip", zipped(("ex03.py", b"x" * 50)))))
    raw[30 + len("inner.zip")] = 0
    with pytest.raises(BadArchive, match=r"inner\.zip: .*decompressing"):
        unpacked(in_archive("outer.zip", bytes(raw)))


def _ends_well(call: Callable[[], tuple[Entry, ...]]) -> None:
    try:
        for entry in call():
            try:
                entry.read(1000)
            except (OSError, ValueError):
                continue
    except BadArchive:
        return


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from(["a.zip", "a.tar", "a.tar.gz", "a.tar.xz", "a.tbz2"]),
    junk=st.binary(max_size=300),
    at=st.integers(0, 200),
)
def test_any_bytes_end_in_entries_or_in_a_refusal(name: str, junk: bytes, at: int) -> None:
    """Whatever is overwritten in an archive, no other exception comes out."""
    good = zipped(("ex03.py", b"x" * 50)) if name == "a.zip" else tarred(tarfile.TarInfo("ex03.py"))
    _ends_well(lambda: in_archive(name, good[:at] + junk + good[at + len(junk) :]))
    _ends_well(lambda: in_archive(name, junk))
