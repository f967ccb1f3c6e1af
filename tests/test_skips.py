"""Where everything is installed, a test that asks for an installation fails instead of being skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = """
import pytest

def test_needs_a_program():
    pytest.skip("needs bubblewrap: apt install bubblewrap")

def test_is_for_another_system():
    pytest.skip("there is no fork on this system")
"""
MODULE = """
import pytest

pytest.skip("needs Chromium: apt install chromium", allow_module_level=True)
"""


@pytest.mark.parametrize(("required", "ending"), [("", "3 skipped"), ("1", "1 failed, 1 skipped, 1 error")])
def test_skip_that_names_an_installation_fails_on_demand(tmp_path: Path, required: str, ending: str) -> None:
    """Other skips stay skips; without the variable all do."""
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path)
    (tmp_path / "test_one.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "test_two.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--continue-on-collection-errors"]
    environment = {**os.environ, "IPC_GRADER_REQUIRE_ALL": required}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=60
    )

    assert ending in done.stdout.splitlines()[-1]
    assert ("needs bubblewrap: apt install bubblewrap" in done.stdout) or not required
