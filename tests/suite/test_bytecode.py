"""Tests for the compiled files of a box."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.suite.bytecode import compiled

SAYS = b"import sys\nprint(__cached__ is not None, sys._getframe().f_code.co_filename)\n"


def _run(folder: Path, module: str) -> str:
    command = [sys.executable, "-I", "-B", "-c", f"import sys; sys.path.insert(0, {str(folder)!r}); import {module}"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


def test_a_process_runs_the_bytecode_and_not_the_source(tmp_path: Path) -> None:
    """It was compiled from the source it belongs to; one that is changed later is not looked at."""
    (tmp_path / "said.py").write_bytes(SAYS)
    for path, content in compiled({"said.py": b"print('compiled before')"}).items():
        place = tmp_path / path
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)
    assert _run(tmp_path, "said") == "compiled before"


def test_bytecode_names_the_place_where_it_is_imported(tmp_path: Path) -> None:
    """Tracebacks and stacks of the box show its own paths, not ours."""
    (tmp_path / "said.py").write_bytes(SAYS)
    (tmp_path / "__pycache__").mkdir()
    for path, content in compiled({"said.py": SAYS}).items():
        (tmp_path / path).write_bytes(content)
    assert _run(tmp_path, "said") == f"True {tmp_path}/said.py"


@pytest.mark.parametrize("magic", [b"\0\0\0\0", b"\xff\xff\r\n"])
def test_an_interpreter_of_another_version_compiles_the_source_itself(tmp_path: Path, magic: bytes) -> None:
    """It refuses bytecode with a magic number that is not its own."""
    (tmp_path / "said.py").write_bytes(b"print('from source')")
    (tmp_path / "__pycache__").mkdir()
    for path, content in compiled({"said.py": b"print('compiled before')"}).items():
        (tmp_path / path).write_bytes(magic + content[4:])
    assert _run(tmp_path, "said") == "from source"


def test_only_python_files_are_compiled() -> None:
    """Data that lies beside them is left alone."""
    assert compiled({"suite/words.txt": b"no Python"}) == {}
