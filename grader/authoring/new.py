"""A new exercise, as files in which only words have to be filled in."""

from __future__ import annotations

import re
import string
from pathlib import Path

from grader.authoring.specimens import Kind
from grader.errors import UsageError
from grader.model.message import say
from grader.texts import why

SCAFFOLD = Path(__file__).parent / "scaffold"
NO_SLUG = "new"
NAME = re.compile(r"(ex\d\d)(?:_([a-z0-9_]+))?", re.ASCII)

IN_EXERCISE = {
    "exercise.toml": "exercise.toml",
    "stub.py": "stub.py",
    "stub.zh.py": "stub.zh.py",
    "README.md": "README.md",
    "README.zh.md": "README.zh.md",
    "hints.md": "hints.md",
    "hints.zh.md": "hints.zh.md",
    "suite/scenarios.py": "scenarios.py",
    "suite/test_{id}.py": "test.py",
}
IN_SOLUTIONS = {f"{Kind.ACCEPTED}/straight.py": "right.py", f"{Kind.REJECTED}/not_doubled.py": "wrong.py"}


def write_new(root: Path, solutions: Path, word: str) -> tuple[Path, ...]:
    """Write the exercise `ex22` or `ex22_ring`; nothing that is there is touched. The files, for the author to read."""
    match = NAME.fullmatch(word)
    if match is None:
        way_out = say("call it `ex`, two digits, and maybe a word: ex22_ring")
        raise UsageError(say("{name} cannot name an exercise", name=repr(word)), hint=way_out)
    id_, slug = match[1], f"{match[1]}_{match[2] or NO_SLUG}"
    taken = [*root.glob(f"{id_}_*"), *solutions.glob(f"{id_}_*")]
    if taken:
        raise UsageError(
            say("{folder} is there already", folder=str(taken[0])), hint=say("take another number, or remove it first")
        )
    files = {root / slug / name.format(id=id_): source for name, source in IN_EXERCISE.items()}
    files |= {solutions / slug / name: source for name, source in IN_SOLUTIONS.items()}
    try:
        for path, source in files.items():
            template = string.Template((SCAFFOLD / f"{source}.in").read_text(encoding="utf-8"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(template.substitute(id=id_), encoding="utf-8")
    except OSError as error:
        raise UsageError(say("{folder} cannot be written: {reason}", folder=str(root), **why(error))) from error
    return tuple(files)
