"""The archive that Gradescope builds a container from: this grader as a wheel, a course, setup.sh and run_autograder.

setup.sh, run_autograder        where Gradescope looks for them
ipc_grader-*.whl                this very grader, as it is installed here
content/                        the course with its hidden suites; only root may read it in the container
"""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import io
import shlex
import string
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from grader import __version__
from grader.course.digest import CACHES
from grader.errors import GraderFault
from grader.model.exercise import Exercise
from grader.model.message import say
from grader.model.observation import Level

DISTRIBUTION = "ipc-grader"
PACKAGE = Path(__file__).parents[1]
TEMPLATES = Path(__file__).parent / "gradescope"
WHEN = (2020, 1, 1, 0, 0, 0)  # the same content is the same archive
PROGRAM, DATA = 0o100755, 0o100644
NOT_NEEDED = {"_content"}  # the course lies beside the wheel


def autograder_zip(root: Path, exercises: Sequence[Exercise], demanded: Level, language: str) -> bytes:
    """The archive for these exercises of the course at `root`."""
    arguments = [word for exercise in exercises for word in ("--exercise", exercise.id)]
    arguments += ["--require-isolation", demanded.value, "--lang", language]
    files: dict[str, tuple[bytes, int]] = {
        "setup.sh": (_script("setup.sh", {}), PROGRAM),
        "run_autograder": (_script("run_autograder", {"arguments": shlex.join(arguments)}), PROGRAM),
    }
    name, wheel = _wheel()
    files[name] = (wheel, DATA)
    for path, content in _files(root):
        folder = path.partition("/")[0]
        if path == "course.toml" or (root / folder / "exercise.toml").is_file():
            files[f"content/{path}"] = (content, DATA)
    return _zipped(files)


def _script(name: str, values: Mapping[str, str]) -> bytes:
    template = string.Template((TEMPLATES / f"{name}.in").read_text(encoding="utf-8"))
    return template.substitute(values).encode()


def _wheel() -> tuple[str, bytes]:
    """What pip installs: the files of this package as they lie here, its metadata as they were installed."""
    try:
        distribution = importlib.metadata.distribution(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError as error:
        way_out = say("install it: pip install ipc-grader")
        raise GraderFault(say("this grader is not installed, so it cannot be packed"), hint=way_out) from error
    info = f"ipc_grader-{__version__}.dist-info"
    files = {f"grader/{path}": content for path, content in _files(PACKAGE)}
    files[f"{info}/METADATA"] = (distribution.read_text("METADATA") or "").encode()
    files[f"{info}/entry_points.txt"] = (distribution.read_text("entry_points.txt") or "").encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: ipc-grader\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    record = "".join(f"{name},sha256={_digest(content)},{len(content)}\n" for name, content in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    zipped = _zipped({name: (content, DATA) for name, content in files.items()})
    return f"ipc_grader-{__version__}-py3-none-any.whl", zipped


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode("ascii")


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files below a folder, without what tools leave behind."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not CACHES.intersection(parts) and parts[0] not in NOT_NEEDED and path.suffix != ".pyc":
            yield "/".join(parts), path.read_bytes()


def _zipped(files: Mapping[str, tuple[bytes, int]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (content, mode) in files.items():
            entry = zipfile.ZipInfo(name, WHEN)
            entry.external_attr = mode << 16
            entry.create_system = 3  # Unix: else the modes above mean nothing
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()
