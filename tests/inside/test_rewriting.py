"""Rewritten code does what the source says, at the lines where it says it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from grader.inside.rewriting import FUNCTIONS, compiled

ROOT = Path(__file__).parents[2]
SOURCES = [*sorted(ROOT.glob("solutions/ex1[18]_*/accepted/*.py")), ROOT / "tests/corpus/programs/buffers.py"]
PROGRAM = b'''
from __future__ import annotations

from dataclasses import dataclass, field


class Base:
    def __init__(self):
        self.__own = [1, 2, 3]

    def own(self):
        return self.__own


class Child(Base):
    """Its docstring."""

    rows: list[dict[str, int]] = []

    def __init__(self):
        super().__init__()
        self.own()[0] += 10
        self.own()[1:2] = [7, 8]


@dataclass
class Point:
    x: int = 0
    seen: list[int] = field(default_factory=list)


def kind(value):
    match value:
        case {"x": [first, *rest]} if rest:
            return first, rest
        case Point(x=0):
            return "origin"
        case str.__name__ | int():
            return "named"
        case _:
            return locals()["value"]


def order():
    told = []

    def note(name, value):
        told.append(name)
        return value

    box = {}
    note("target", box)[note("key", 1)] = note("value", 2)
    note("target", box)[note("key", 1)] += note("value", 3)
    first, *others = "abc"
    del box[note("gone", 1)]
    return told, box, first, others, f"{told[0]!r:>8}"


def numbers():
    yield from (a + b for a in range(2) for b in [10, 20] if a < b)
    total = 0
    for i, (j, k) in enumerate(zip([1], [2])):
        total += i + j * k
    yield total
    yield [*map(str, (1, 2))], max(*[1, 5, 3]), 1 < 2 < 3, {**{"a": 1}}


RESULT = [
    Child().own(), Child.__doc__, Point(3, [4]), kind({"x": [1, 2]}), kind(Point()), kind(5), kind(2.5), order(),
    list(numbers()), sorted(vars(Point())), (lambda *a, **k: (a, k))(1, *[2], b=3), Child.__init__.__annotations__,
]
'''


def codes(code: CodeType) -> Iterator[CodeType]:
    """A code object and those in it, in the order of the source."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)


def lines(code: CodeType) -> list[tuple[str, int, set[int | None]]]:
    """Where each function begins, and the lines on which it does something."""
    return [(one.co_name, one.co_firstlineno, {line for _, _, line in one.co_lines()}) for one in codes(code)]


def test_what_has_no_view_does_what_it_did() -> None:
    """Private names, super, patterns, annotations, the order of evaluation: nothing shows of the rewriting."""
    plain: dict[str, Any] = {"__name__": __name__}
    rewritten: dict[str, Any] = {"__name__": __name__, **FUNCTIONS}
    exec(compile(PROGRAM, "program.py", "exec", dont_inherit=True), plain)  # noqa: S102 - both run here
    exec(compiled(PROGRAM, "program.py"), rewritten)  # noqa: S102

    assert repr(rewritten["RESULT"]) == repr(plain["RESULT"])


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_lines_stay_what_they_are(path: Path) -> None:
    """A witness and a traceback point to the student's own lines."""
    source = path.read_bytes()

    assert lines(compiled(source, "x.py")) == lines(compile(source, "x.py", "exec", dont_inherit=True))


def test_what_cannot_be_compiled_is_refused_as_python_refuses_it() -> None:
    """The same message at the same line."""
    for source in (b"x = (1,\n", b"def f():\n    return 1\nreturn 2\n", b"nonlocal x\n"):
        with pytest.raises(SyntaxError) as plain:
            compile(source, "x.py", "exec")
        with pytest.raises(SyntaxError) as rewritten:
            compiled(source, "x.py")
        assert (rewritten.value.msg, rewritten.value.lineno) == (plain.value.msg, plain.value.lineno)


def test_what_is_too_deep_to_be_rewritten_is_compiled_as_it_is() -> None:
    """No program fails for being looked at."""
    source = b"x = " + b"-" * 400 + b"1\n"
    names: dict[str, Any] = dict(FUNCTIONS)
    exec(compiled(source, "x.py"), names)  # noqa: S102

    assert names["x"] == 1
