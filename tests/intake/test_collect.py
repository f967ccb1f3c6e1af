"""What becomes of a file that is not right: data, never an exception, never execution."""

from __future__ import annotations

import codecs
import os
import socket
import warnings
from pathlib import Path

import pytest

from grader.course.read import read_exercise
from grader.course.texts import read_stub
from grader.intake.collect import LARGEST, collect
from grader.model.exercise import Exercise
from grader.model.submission import IntakeProblem, ProblemCode, Submission
from grader.texts import translate

GOOD = b"def double(number):\n    return 2 * number\n"


@pytest.fixture
def exercise(tiny_course: Path) -> Exercise:
    """ex90."""
    return read_exercise(tiny_course / "ex90_tiny")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the student's file belongs."""
    return tmp_path / "ex90.py"


def take(path: Path, exercise: Exercise) -> Submission:
    """The submission at `path`."""
    return collect(path, exercise, read_stub(exercise.folder))


def blocked(path: Path, exercise: Exercise) -> IntakeProblem:
    """The problem that keeps it from being graded."""
    problem = take(path, exercise).blocked_by
    assert problem is not None
    return problem


def blocked_by(content: bytes, path: Path, exercise: Exercise) -> IntakeProblem:
    """The problem of a file with this content."""
    path.write_bytes(content)
    return blocked(path, exercise)


def test_good_file_is_taken_byte_for_byte(path: Path, exercise: Exercise) -> None:
    """What is graded is what was handed in."""
    path.write_bytes(GOOD.replace(b"\n", b"\r\n"))
    submission = take(path, exercise)

    assert submission.problems == ()
    assert submission.source == GOOD.replace(b"\n", b"\r\n")
    assert submission.origin == str(path)
    assert submission.digest != ""


def test_missing_file_is_named(path: Path, exercise: Exercise) -> None:
    """Nothing there is not a crash."""
    problem = blocked(path, exercise)

    assert problem.code is ProblemCode.MISSING
    assert "there is no file ex90.py; `grade init .`" in str(problem.message)


def test_missing_file_gets_a_suggestion(path: Path, exercise: Exercise) -> None:
    """Downloaded twice, or written with a capital letter: the neighbour is named."""
    path.with_name("ex90 (1).py").write_bytes(GOOD)

    assert "did you mean ex90 (1).py?" in str(blocked(path, exercise).message)


def test_another_exercise_is_no_suggestion(path: Path, exercise: Exercise) -> None:
    """ex91.py is near to ex90.py by its letters, and never what was meant; all of it is said in Chinese, too."""
    path.with_name("ex91.py").write_bytes(GOOD)
    message = blocked(path, exercise).message

    assert "did you mean" not in str(message)
    assert translate(message, "zh").startswith("没有文件 ex90.py")


@pytest.mark.parametrize("name", ["x" * 300 + ".py", "no/such/folder.py", "nul\0byte.py"])
def test_impossible_name_is_a_missing_file(tmp_path: Path, exercise: Exercise, name: str) -> None:
    """A name that no file can have is answered like one that no file has."""
    assert blocked(tmp_path / name, exercise).code is ProblemCode.MISSING


def test_folder_is_no_file(path: Path, exercise: Exercise) -> None:
    """The message says what to do."""
    path.mkdir()
    problem = blocked(path, exercise)

    assert problem.code is ProblemCode.NOT_A_FILE
    assert "folder" in str(problem.message)


def test_fifo_without_a_writer_does_not_hold_us_up(path: Path, exercise: Exercise) -> None:
    """Opening it to read would wait for ever."""
    os.mkfifo(path)

    assert blocked(path, exercise).code is ProblemCode.NOT_A_FILE


def test_device_is_no_file(exercise: Exercise) -> None:
    """/dev/zero has no end."""
    assert blocked(Path("/dev/zero"), exercise).code is ProblemCode.NOT_A_FILE


def test_socket_is_no_file(path: Path, exercise: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    """It cannot even be opened."""
    monkeypatch.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)

        assert blocked(path, exercise).code is ProblemCode.NOT_A_FILE


def test_link_to_nowhere_is_a_missing_file(path: Path, exercise: Exercise) -> None:
    """A link is followed."""
    path.symlink_to("gone.py")

    assert blocked(path, exercise).code is ProblemCode.MISSING


def test_link_to_itself_cannot_be_read(path: Path, exercise: Exercise) -> None:
    """The system's reason is passed on."""
    path.symlink_to(path)

    assert blocked(path, exercise).code is ProblemCode.UNREADABLE


def test_file_without_permission_cannot_be_read(path: Path, exercise: Exercise) -> None:
    """The system's reason is passed on; root may read everything, hence a stranger's refusal is played."""
    path.write_bytes(GOOD)
    path.chmod(0)
    if os.geteuid() == 0:
        assert take(path, exercise).problems == ()
    else:
        assert blocked(path, exercise).code is ProblemCode.UNREADABLE


def test_largest_file_is_taken_and_a_larger_one_is_not(path: Path, exercise: Exercise) -> None:
    """The limit is one MiB."""
    path.write_bytes(GOOD.ljust(LARGEST, b"\n"))
    assert take(path, exercise).problems == ()

    problem = blocked_by(GOOD.ljust(LARGEST + 1, b"\n"), path, exercise)

    assert problem.code is ProblemCode.TOO_LARGE
    assert "1024 KiB" in str(problem.message)


@pytest.mark.parametrize("content", [b"", b"\n \t\r\n", b"# only a comment\n\n  # and another\n", codecs.BOM_UTF8])
def test_file_without_a_statement_is_empty(path: Path, exercise: Exercise, content: bytes) -> None:
    """Blank lines and comments are nothing to grade."""
    assert blocked_by(content, path, exercise).code is ProblemCode.EMPTY


def test_untouched_stub_is_not_started(path: Path, exercise: Exercise) -> None:
    """What an editor changes on its own is no beginning."""
    stub = read_stub(exercise.folder)
    changed = codecs.BOM_UTF8 + stub.replace(b"\n", b"  \r\n") + b"\r\n\r\n"

    assert blocked_by(stub, path, exercise).code is ProblemCode.NOT_STARTED
    assert blocked_by(changed, path, exercise).code is ProblemCode.NOT_STARTED


def test_one_changed_word_is_a_beginning(path: Path, exercise: Exercise) -> None:
    """A stub with a changed body is graded."""
    path.write_bytes(read_stub(exercise.folder).replace(b"raise NotImplementedError", b"return 2 * number", 1))

    assert take(path, exercise).problems == ()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"x = 1\ndef double(number)\n    return 2\n", 2),
        (b"def double(number):\nreturn 2\n", 2),
        (b"x = 1\nreturn x\n", 2),
        (b"x = 1\nyield x\n", 2),
        (b"for i in range(2):\n    pass\nbreak\n", 3),
        (b"def f():\n    continue\n", 2),
        (b"x = 1\nnonlocal x\n", 2),
        (b"def f(a, a): pass\n", 1),
        (b"x = (1,\n", 1),
        (b"x = 1\n\0y = 2\n", 2),
        (b"x = '''never closed\n", 1),
        (b"x = " + b"9" * 5000 + b"\n", 1),
        (b"if True:\n\tx = 1\n        y = 2\n", 3),
    ],
)
def test_syntax_error_has_its_line(path: Path, exercise: Exercise, content: bytes, line: int) -> None:
    """The line is the one that Python itself would name."""
    problem = blocked_by(content, path, exercise)

    assert (problem.code, problem.line) == (ProblemCode.SYNTAX, line)


@pytest.mark.parametrize("content", [b"(" * 5000, b"-" * 100_000 + b"1", b"[" * 90 + b"]" * 90, b"x" + b".x" * 100_000])
def test_deep_nesting_ends_in_data(path: Path, exercise: Exercise, content: bytes) -> None:
    """Whatever the parser makes of it, intake survives and says syntax error or nothing."""
    path.write_bytes(content)

    assert {problem.code for problem in take(path, exercise).problems} <= {ProblemCode.SYNTAX}


@pytest.mark.parametrize(
    "content",
    [
        b"while True:\n    def f():\n        return 1\n    if f():\n        break\nelse:\n    pass\n",
        b"for i in range(2):\n    for j in range(2):\n        pass\n    else:\n        continue\n",
        b"f = lambda: (yield)\n",
        b"class A:\n    def f(self):\n        return 1\n",
        b"def f():\n    try:\n        return 1\n    finally:\n        pass\n",
        b"x = '\\d'\nassert (1, 'always true')\n",
        "def doppelt(zahl):\n    return '计数器'\n".encode(),
        "# -*- coding: gbk -*-\nx = '计数器'\n".encode("gbk"),
        codecs.BOM_UTF8 + GOOD,
        GOOD.replace(b"\n", b"\r"),
    ],
)
def test_right_programs_have_no_problem(path: Path, exercise: Exercise, content: bytes) -> None:
    """What Python runs, intake lets pass, without a warning of its own."""
    path.write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(content, "ex90.py", "exec")

    assert take(path, exercise).problems == ()


def test_syntax_is_not_ours_to_judge_for_another_python(path: Path, exercise: Exercise) -> None:
    """The box's own interpreter may know a younger syntax than we do."""
    path.write_bytes(b"a young syntax\n")

    assert collect(path, exercise, b"", own_syntax=False).problems == ()


def test_gbk_is_named(path: Path, exercise: Exercise) -> None:
    """A file saved by a Chinese Windows says so in the message, with the line."""
    problem = blocked_by("x = 1\n# 计数器\n".encode("gbk"), path, exercise)

    assert (problem.code, problem.line) == (ProblemCode.ENCODING, 2)
    assert "GBK" in str(problem.message)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("x = 1\n".encode("utf-16"), "UTF-16"),
        (b"x = '\xff\xfe'\n", "not UTF-8"),
        (b"# coding: klingon\nx = 1\n", "klingon"),
        (b"# coding: punycode\nx = 1\n", "punycode"),
        (b"# coding: rot13\nk = 1\n", "rot13"),
        (b"# coding: ascii\nx = '\xe9'\n", "ascii"),
        (codecs.BOM_UTF8 + b"# coding: gbk\nx = 1\n", "coding line"),
    ],
)
def test_wrong_encoding_says_what_to_do(path: Path, exercise: Exercise, content: bytes, words: str) -> None:
    """The message names what was found."""
    problem = blocked_by(content, path, exercise)

    assert problem.code is ProblemCode.ENCODING
    assert words in str(problem.message)


def test_nothing_is_executed(path: Path, exercise: Exercise) -> None:
    """Intake reads; it never runs."""
    mark = path.with_name("mark")
    path.write_text(f"open({str(mark)!r}, 'w')\n", encoding="utf-8")

    assert take(path, exercise).problems == ()
    assert not mark.exists()


def test_neighbour_named_like_the_standard_library_is_told_and_does_not_block(path: Path, exercise: Exercise) -> None:
    """The grader does not use queue.py, but Python at home will: multiprocessing imports it."""
    path.write_bytes(b"import calendar\nfrom cmd import Cmd\n" + GOOD)
    for name in ("queue.py", "calendar.py", "cmd.py", "test.py", "pipes.py", "helpers.py"):
        path.with_name(name).write_bytes(b"")
    submission = take(path, exercise)

    assert {problem.code for problem in submission.problems} == {ProblemCode.SHADOWS}
    assert [str(problem.message).split()[0] for problem in submission.problems] == ["calendar.py", "cmd.py", "queue.py"]
    assert submission.blocked_by is None
