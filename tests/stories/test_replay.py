"""The first two commands of a student whose counter loses updates: what failed is executed again, step by step."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 300


def grade(place: Path, *arguments: str) -> dict[str, Any]:
    """The JSON document of a command."""
    environment = {**os.environ, "GRADE_CONTENT": str(ROOT / "exercises"), "GRADE_LANG": "en"}
    done = subprocess.run(
        [sys.executable, "-m", "grader", *arguments, "--json"],
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_every_lost_update_of_an_attempt_can_be_replayed(tmp_path: Path) -> None:
    """Whatever a check says of free runs beside its exploration: the same schedule fails in the same way."""
    source = ROOT / "solutions" / "ex03_lock" / "rejected" / "no_lock.py"
    (tmp_path / "ex03.py").write_bytes(source.read_bytes())
    attempt = grade(tmp_path, "run", "ex03")
    failed = [check["id"] for check in attempt["checks"] if check.get("witness")]

    assert "keeps_every_addition" in failed
    assert [grade(tmp_path, "replay", "ex03", check)["same"] for check in failed] == [True] * len(failed)
