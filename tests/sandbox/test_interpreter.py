"""Which interpreter runs in a box, and what of it stays hidden."""

from __future__ import annotations

import sys
import venv
from pathlib import Path

import pytest

from grader.errors import GraderFault
from grader.sandbox.interpreter import resolve


def test_a_venv_is_resolved_to_its_base(tmp_path: Path) -> None:
    """A venv's folder need not be seen in a box, whether it holds links or copies."""
    for symlinks in (True, False):
        place = tmp_path / str(symlinks)
        venv.create(place, symlinks=symlinks)
        found = resolve(str(place / "bin" / "python"))

        assert not Path(found.executable).is_relative_to(tmp_path)
        assert not [path for path in found.folders if Path(path).is_relative_to(tmp_path)]


def test_the_standard_library_is_seen_and_packages_are_not() -> None:
    """The folders hold the library; each hidden folder lies below one of them or below /usr."""
    found = resolve(sys.executable)
    seen = [Path(path) for path in (*found.folders, "/usr")]

    assert any(Path(sys.base_prefix).resolve().is_relative_to(path) for path in seen)
    assert all(any(Path(path).is_relative_to(above) for above in seen) for path in found.hidden)
    assert all(Path(path).is_dir() for path in found.hidden)


def test_a_python_that_is_none_is_refused(tmp_path: Path) -> None:
    """A file that cannot be started is told by its name."""
    with pytest.raises(GraderFault, match="cannot be started"):
        resolve(str(tmp_path / "python"))
