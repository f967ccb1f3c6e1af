"""Imports only point down the floors, and each library has one door."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "grader"

FLOORS = {
    "cli": 6,
    "__main__": 7,
    "authoring": 5,
    "grading": 4,
    "suite": 3,
    "course": 2,
    "intake": 2,
    "sandbox": 2,
    "observe": 2,
    "schedule": 2,
    "diagnosis": 2,
    "gradebook": 2,
    "report": 2,
    "wire": 1,
    "documents": 1,
    "texts": 1,
    "trees": 1,
    "locale": 1,
    "model": 0,
    "errors": 0,
    # The package itself holds its version and imports nothing: whoever imports from it stays where he is.
    "__init__": 0,
}
INSIDE = "inside"
VOCABULARY = "grader.inside.vocabulary"

DOORS = {
    "click": ("cli/",),
    "rich": ("cli/display.py", "report/terminal.py", "report/pen.py"),
    "jinja2": ("report/student_page.py", "report/class_page.py"),
    "markupsafe": ("report/student_page.py", "report/class_page.py"),
    "pygments": ("report/",),
    "pytest": ("suite/",),
    "_pytest": ("suite/",),
    "pytest_jsonreport": ("suite/",),
    "msgspec": ("wire.py", "documents.py", "course/read.py"),
    "psutil": ("sandbox/proctree.py",),
    "pyseccomp": ("sandbox/",),
    "landlockpy": ("sandbox/landlock.py",),
    "landlock": ("sandbox/",),
    "sqlite3": ("gradebook/store.py",),
    "yaml": ("intake/layouts/gradescope.py",),
    "pathspec": ("intake/entries.py",),
    "distributed": ("grading/executors.py",),
    "subprocess": ("sandbox/", "suite/", "grading/executors.py", "course/changed.py"),
    "hatchling": ("locale/build_hook.py",),
    "babel": ("locale/build_hook.py",),
}
STARTING_PROCESSES = frozenset({"fork", "forkpty", "posix_spawn", "posix_spawnp", "system", "popen"})


@dataclass(frozen=True)
class Import:
    """One name that a module imports, with the line it does so."""

    module: Path
    line: int
    name: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.name}"


def imports_of(path: Path) -> Iterator[Import]:
    """Every import of a module: at the top, in a function, under TYPE_CHECKING."""
    place = path.relative_to(PACKAGE)
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(place, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            package = ".".join(("grader", *place.parts[: len(place.parts) - node.level])) if node.level else ""
            source = ".".join(filter(None, (package, node.module)))
            # `from grader import texts` imports grader.texts; `from grader.errors import UsageError` imports a name.
            for alias in node.names:
                yield Import(place, node.lineno, f"{source}.{alias.name}" if source == "grader" else source)


def room_of(place: Path) -> str:
    """The room a module lies in; a module directly in the package is a room of its own."""
    return place.parts[0].removesuffix(".py")


def room_imported(name: str) -> str | None:
    """The room an import leads to, None if it leads out of the package."""
    words = name.split(".")
    if words[0] != "grader":
        return None
    if len(words) == 1 or not ((PACKAGE / words[1]).is_dir() or (PACKAGE / f"{words[1]}.py").is_file()):
        return "__init__"
    return words[1]


def all_imports() -> list[Import]:
    """The imports of all modules of the package."""
    return [found for path in sorted(PACKAGE.rglob("*.py")) for found in imports_of(path)]


ALL = all_imports()


def test_every_room_has_a_floor() -> None:
    """A new room says where it stands before anything can be imported from it."""
    rooms = {room_of(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py")}

    assert rooms - FLOORS.keys() - {INSIDE} == set()


def test_imports_only_point_down() -> None:
    """No module imports from a higher floor, or from a neighbour on its own."""
    up = [
        str(found)
        for found in ALL
        if (here := room_of(found.module)) != INSIDE
        and (there := room_imported(found.name)) is not None
        and there not in {here, INSIDE}
        and there != "__init__"
        and FLOORS[there] >= FLOORS[here]
    ]

    assert up == []


def test_the_package_itself_imports_nothing() -> None:
    """`grader/__init__.py` can be read by every floor because it leads nowhere."""
    assert list(imports_of(PACKAGE / "__init__.py")) == []


def test_inside_imports_only_itself_and_the_standard_library() -> None:
    """What runs beyond the wall must not need, or find, anything of ours."""
    foreign = []
    for found in ALL:
        if room_of(found.module) != INSIDE:
            continue
        first = found.name.split(".")[0]
        ours = found.name.startswith("grader.inside") or first == "inside"
        if not ours and (first == "grader" or first not in sys.stdlib_module_names):
            foreign.append(str(found))

    assert foreign == []


def test_of_inside_only_the_vocabulary_is_imported() -> None:
    """The trusted side shares words with the code beyond the wall, never code."""
    code = [
        str(found)
        for found in ALL
        if room_of(found.module) != INSIDE
        and found.name.startswith("grader.inside")
        and not found.name.startswith(VOCABULARY)
        and not _names_vocabulary(found)
    ]

    assert code == []


def _names_vocabulary(found: Import) -> bool:
    """`from grader.inside import vocabulary` names it, too."""
    for node in ast.walk(ast.parse((PACKAGE / found.module).read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.lineno == found.line:
            return [alias.name for alias in node.names] == ["vocabulary"]
    return False


@pytest.mark.parametrize("library", sorted(DOORS))
def test_each_library_has_one_door(library: str) -> None:
    """A library is imported only where its door is: there it can be replaced."""
    elsewhere = [
        str(found)
        for found in ALL
        if found.name.split(".")[0] == library
        and room_of(found.module) != INSIDE
        and not str(found.module).startswith(DOORS[library])
    ]

    assert elsewhere == []


def test_no_library_comes_in_without_a_door() -> None:
    """What is neither ours nor the standard library's is in the table of doors."""
    unknown = {
        str(found)
        for found in ALL
        if (first := found.name.split(".")[0]) not in sys.stdlib_module_names
        and first not in DOORS
        and first not in {"grader", "inside"}
    }

    assert unknown == set()


def test_processes_are_started_behind_their_doors_only() -> None:
    """`os.fork` and its like are for the rooms that may use subprocess."""
    elsewhere = [
        f"{path.relative_to(PACKAGE)}:{node.lineno} uses os.{node.attr}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if room_of(path.relative_to(PACKAGE)) != INSIDE
        and not str(path.relative_to(PACKAGE)).startswith(DOORS["subprocess"])
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Attribute) and node.attr in STARTING_PROCESSES and _is_os(node.value)
    ]

    assert elsewhere == []


def _is_os(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "os"
