"""Accepted solutions, each broken in one place, and which of them are known to be right all the same."""

from __future__ import annotations

import ast
import itertools
import tomllib
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.edits import Edit, places
from grader.authoring.operators import OPERATORS
from grader.authoring.specimens import Kind, Specimen
from grader.errors import CourseError, UsageError
from grader.model.message import say
from grader.texts import why

EQUIVALENT = "equivalent.toml"
KEYS = {"solution", "operator", "function", "site", "reason"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An entry of `equivalent.toml`: a change that leaves a program right, and why; `*` stands for any text."""

    solution: str
    operator: str
    function: str
    site: str
    reason: str

    def covers(self, *change: str) -> bool:
        """Whether the entry is about that change: solution, operator, function, site."""
        own = (self.solution, self.operator, self.function, self.site)
        return all(asked in {"*", given} for asked, given in zip(own, change, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A broken solution: what was done where, and what it is now. `known` if it is as right as the original."""

    origin: Specimen
    operator: str
    function: str
    site: str
    line: int
    source: str
    number: int
    known: Known | None = None

    @property
    def file_name(self) -> str:
        """A name of its own among the mutants of an exercise."""
        return f"{self.origin.path.stem}.{self.operator}.{self.number}.py"


def mutants_of(origins: Iterable[Specimen], known: tuple[Known, ...]) -> Iterator[Mutant]:
    """All of them; where solutions share a function, what breaks it is tried in the first of them only."""
    seen: set[tuple[str, str]] = set()
    for origin in origins:
        tree = ast.parse(origin.path.read_bytes())
        original = ast.unparse(tree)
        numbers = itertools.count(1)
        for operator, edit in _edits(tree):
            top = _top(tree, edit.line)
            name = getattr(tree.body[top], "name", "")
            undo = edit.swap()
            source, part = ast.unparse(ast.fix_missing_locations(tree)), ast.unparse(tree.body[top])
            undo.swap()
            if source == original or (operator, part) in seen or not _compiles(source):
                continue
            seen.add((operator, part))
            yield Mutant(
                origin=origin,
                operator=operator,
                function=name,
                site=edit.site,
                line=edit.line,
                source=source,
                number=next(numbers),
                known=next((one for one in known if one.covers(origin.path.stem, operator, name, edit.site)), None),
            )


def read_known(origins: Sequence[Specimen]) -> tuple[Known, ...]:
    """The entries of `equivalent.toml` beside the folder of the accepted solutions, if any."""
    paths = {origin.path.parents[1] / EQUIVALENT for origin in origins}
    return tuple(entry for path in sorted(paths) if path.is_file() for entry in _read(path))


def as_files(mutants: Iterable[Mutant], out: Path) -> dict[Path, Mutant]:
    """Write the mutants to files, where an author can try them; files of mutants that are no more are removed."""
    written: dict[Path, Mutant] = {}
    for mutant in mutants:
        path = out / mutant.origin.exercise.id / "mutants" / mutant.file_name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(mutant.source + "\n", encoding="utf-8")
        except OSError as error:
            message = say(
                "the results cannot be written to {folder}: {reason}",
                folder=str(path.parent),
                **why(error),
            )
            raise UsageError(message, hint=say("name another folder with --out DIR")) from error
        written[path] = mutant
    for folder in {path.parent for path in written}:
        for old in set(folder.glob("*.py")) - written.keys():
            old.unlink()
    return written


def specimen_of(path: Path, mutant: Mutant) -> Specimen:
    """A mutant is promised to be seen through."""
    return Specimen(exercise=mutant.origin.exercise, kind=Kind.MUTANT, path=path)


def _read(path: Path) -> Iterator[Known]:
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("equivalent", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(say("{path} is not TOML: {reason}", path=str(path), reason=str(error))) from error
    for number, entry in enumerate(entries, start=1):
        if entry.keys() != KEYS or not all(isinstance(value, str) and value for value in entry.values()):
            raise CourseError(
                say("{path}: entry {number} has the keys {keys}", path=str(path), number=number, keys=", ".join(entry)),
                hint=say(
                    "each [[equivalent]] has the keys {keys}, and each of them is a text", keys=", ".join(sorted(KEYS))
                ),
            )
        yield Known(**entry)


def _edits(tree: ast.Module) -> Iterator[tuple[str, Edit]]:
    everywhere = list(places(tree))
    for operator in OPERATORS:
        for place in everywhere:
            for edit in operator(place):
                yield operator.__name__, edit


def _top(tree: ast.Module, line: int) -> int:
    """The number of the top-level statement that has the line."""
    return max(number for number, node in enumerate(tree.body) if node.lineno <= line or number == 0)


def _compiles(source: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(source, "mutant", "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            return False
    return True
