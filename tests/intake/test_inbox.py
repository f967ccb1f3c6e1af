"""Submissions as systems and students really hand them in; what is unclear is listed, nothing is guessed or run."""

from __future__ import annotations

import io
import os
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.intake.inbox import Asked, Inbox, open_inbox

Ask = Callable[..., tuple[Asked, ...]]
Files = Mapping[str, bytes | str]
PROGRAM = b"def add_many(counter, lock, times): ...\n"


def laid(root: Path, files: Files) -> Path:
    """A folder with these files; a text is the name of whoever wrote the program in it."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else PROGRAM + f"# {content}\n".encode())
    return root


def zipped(files: Files) -> bytes:
    """An archive with these files."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, bytes) else PROGRAM + f"# {content}\n".encode())
    return memory.getvalue()


def authors(inbox: Inbox) -> dict[str, str]:
    """Who handed in what, by what stands in the last line of each program."""
    return {
        ", ".join(one.students): one.source.decode().splitlines()[-1].removeprefix("# ") for one in inbox.submissions
    }


def told(inbox: Inbox) -> dict[str, str]:
    """What needs a human."""
    return {one.student: str(one.message) for one in inbox.needs_human}


def test_plain_folders_and_files_named_after_students(tmp_path: Path, asked: Ask) -> None:
    """A folder, a file, an archive, with what browsers and people add to names; junk of systems is not seen."""
    files: Files = {
        "ann/ex03.py": "ann",
        "bob_ex03.py": "bob",
        "cem_ex03 (1).py": "cem",
        "2023010042_张伟_ex03_final.py": "zhang",
        "dora/ex03/src/EX03.PY": "dora",
        "emil/ex03.zip": zipped({"work/ex03.py": "emil", "__MACOSX/work/._ex03.py": b"junk"}),
        "fay/solution.py": "fay",
        "__MACOSX/._ann": b"junk",
        ".DS_Store": b"junk",
    }
    inbox = open_inbox(laid(tmp_path / "class", files), asked())

    assert inbox.layout == "plain"
    assert authors(inbox) == {
        "ann": "ann", "bob": "bob", "cem": "cem", "2023010042_张伟": "zhang",
        "dora": "dora", "emil": "emil", "fay": "fay",
    }  # fmt: skip
    assert told(inbox) == {}


def test_a_folder_for_each_exercise(tmp_path: Path, asked: Ask) -> None:
    """`ex03_lock/ann.py` is Ann's ex03, `ex04_timeouts/ann.py` her ex04."""
    files: Files = {"ex03_lock/ann.py": "ann 3", "ex04_timeouts/ann.py": "ann 4", "ex03_lock/bob/ex03.py": "bob 3"}
    inbox = open_inbox(laid(tmp_path / "class", files), asked("ex03_lock", "ex04_timeouts"))

    found = {(one.students, one.exercise): one.source.splitlines()[-1] for one in inbox.submissions}
    assert found == {(("ann",), "ex03"): b"# ann 3", (("ann",), "ex04"): b"# ann 4", (("bob",), "ex03"): b"# bob 3"}


@pytest.mark.parametrize("wrapped", ["", "spring/"])
def test_files_for_two_exercises_are_kept_apart(tmp_path: Path, asked: Ask, wrapped: str) -> None:
    """With or without a folder around the class; nobody is asked about exercises that a student left out."""
    files: Files = {f"{wrapped}ann/ex03.py": "3", f"{wrapped}ann/ex04.py": "4", f"{wrapped}bob/ex04.py": "4"}
    inbox = open_inbox(laid(tmp_path / "class", files), asked("ex03_lock", "ex04_timeouts"))

    assert sorted((one.students[0], one.exercise) for one in inbox.submissions) == [
        ("ann", "ex03"), ("ann", "ex04"), ("bob", "ex04"),
    ]  # fmt: skip
    assert told(inbox) == {}


def test_a_file_for_another_exercise_is_not_graded_as_this_one(tmp_path: Path, asked: Ask) -> None:
    """The only file of a student, when its name says what it is for."""
    files: Files = {"ann/ex04.py": "4", "bob/ex04.txt": b"4", "cem/ex 3 (ex04 is late).py": "3", "dora/lock.py": "3"}
    inbox = open_inbox(laid(tmp_path / "class", files), asked("ex03_lock"))

    assert authors(inbox) == {"cem": "3", "dora": "3"}
    assert told(inbox) == {
        "ann": "there is no ex03.py; there is: ann/ex04.py",
        "bob": "there is no ex03.py; there is: bob/ex04.txt",
    }


def test_canvas_takes_the_last_attachment_and_the_mark_of_lateness(tmp_path: Path, asked: Ask) -> None:
    """Names are read from the left: files may hold numbers, students may be called late, or nothing at all."""
    files: Files = {
        "zhangwei_41873_9120455_ex03.py": "older",
        "zhangwei_41873_9120499_ex03-1.py": "newer",
        "osullivanaine_LATE_41902_9120611_ex03-1.py": "aine",
        "late_41904_9120612_ex03.py": "a student called late",
        "anon_x7Kp2_9120702_计数器.py": "anonymous",
        "张伟_41900_9120455_ex_12_34_ex03.py": "numbers",
    }
    inbox = open_inbox(laid(tmp_path / "class", files), asked())
    late = {one.students[0] for one in inbox.submissions if one.late}

    assert inbox.layout == "canvas"
    assert authors(inbox) == {
        "41873": "newer", "41902": "aine", "41904": "a student called late", "x7Kp2": "anonymous", "41900": "numbers",
    }  # fmt: skip
    assert late == {"41902"}
    assert inbox.names["41904"] == "late"


def test_moodle_knows_participants_by_number(tmp_path: Path, asked: Ask) -> None:
    """With the old and the new ending of folders, blind marking, groups, and files without folders."""
    files: Files = {
        "张 伟_1327627_assignsubmission_file_/ex03.py": "zhang",
        "Participant_10019166_assignsubmission_file/homework/ex03.py": "blind",
        "Group A 2_88_assignsubmission_file_/ex03.zip": zipped({"ex03.py": "group"}),
        "Ann Lee_77_assignsubmission_file_ex03.py": "flat",
    }
    inbox = open_inbox(laid(tmp_path / "class", files), asked())

    assert inbox.layout == "moodle"
    assert authors(inbox) == {"1327627": "zhang", "10019166": "blind", "88": "group", "77": "flat"}
    assert inbox.names["1327627"] == "张 伟"


def test_gradescope_names_submitters_and_moments(tmp_path: Path, asked: Ask) -> None:
    """Groups share a submission; ids keep their zeros; lateness can be told from when it was made."""
    metadata = """
submission_312345678:
  :submitters:
  - :name: Ann
    :sid: '0042'
    :email: ann@example.org
  - :name: Bob
    :sid: '0043'
  :created_at: 2026-10-02 01:02:03.000000000 Z
submission_312345901: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
  :submitters:
  - :name: Cem
    :email: cem@example.org
  :created_at: 2026-10-02 05:02:03.000000000 Z
"""
    root = "assignment_8046601_export"
    files: Files = {
        f"{root}/submission_metadata.yml": metadata.encode(),
        f"{root}/submission_312345678/ex03.py": "both",
        f"{root}/submission_312345901/src/ex03.py": "cem",
        f"__MACOSX/{root}/._submission_metadata.yml": b"junk",
    }
    inbox = open_inbox(laid(tmp_path / "class", files), asked())
    moments = {one.students: one.handed_in_at for one in inbox.submissions}

    assert inbox.layout == "gradescope"
    assert authors(inbox) == {"0042, 0043": "both", "cem@example.org": "cem"}
    assert moments["0042", "0043"] == 1790902923.0


def test_what_is_unclear_of_a_group_is_told_of_each_of_them(tmp_path: Path, asked: Ask) -> None:
    """Under the ids that the roster has; together they would be somebody who is not in it."""
    metadata = "submission_1:\n  :submitters:\n  - {':sid': '0042'}\n  - {':sid': '0043'}\n"
    files: Files = {
        "submission_metadata.yml": metadata.encode(),
        "submission_1/a/ex03.py": "a",
        "submission_1/b/ex03.py": "b",
    }
    inbox = open_inbox(laid(tmp_path / "class", files), asked())

    assert told(inbox) == dict.fromkeys(
        ("0042", "0043"), "there are several files for ex03.py: submission_1/a/ex03.py, submission_1/b/ex03.py"
    )


@pytest.mark.parametrize("layout", ["auto", "canvas"])
def test_where_nobody_handed_in_anything_is_a_mistake_of_the_command_line(
    tmp_path: Path, asked: Ask, layout: str
) -> None:
    """An empty folder, or one that no student could be found in: with what is expected there."""
    root = laid(tmp_path / "class", {} if layout == "auto" else {"ann/ex03.py": "ann"})
    root.mkdir(exist_ok=True)
    with pytest.raises(UsageError, match="no submissions in") as refused:
        open_inbox(root, asked(), layout=layout)

    assert "bob/ex03.py" in str(refused.value.hint)


def test_gradescope_metadata_makes_no_objects(tmp_path: Path, asked: Ask) -> None:
    """A tag of Python is refused, not obeyed."""
    files: Files = {
        "submission_metadata.yml": b"!!python/object/apply:os.system ['true']\n",
        "submission_1/ex03.py": "x",
    }
    with pytest.raises(UsageError, match="cannot be read"):
        open_inbox(laid(tmp_path / "class", files), asked())


def test_clones_are_known_by_login(tmp_path: Path, asked: Ask) -> None:
    """What all folders share is the exercise; git's own files are not looked at."""
    files: Files = {
        "ex03-octocat/ex03.py": "octocat",
        "ex03-octocat/.git/HEAD": b"ref: refs/heads/main\n",
        "ex03-li-na/ex03.py": "li-na",
        "ex03-li-na/.git/HEAD": b"ref: refs/heads/main\n",
    }
    inbox = open_inbox(laid(tmp_path / "class", files), asked())

    assert inbox.layout == "git"
    assert authors(inbox) == {"octocat": "octocat", "li-na": "li-na"}


def test_what_is_unclear_needs_a_human(tmp_path: Path, asked: Ask) -> None:
    """Two files of the same depth, a notebook, a document, an archive nobody opens, an empty folder's nothing."""
    files: Files = {
        "ann/a/ex03.py": "one",
        "ann/b/ex03.py": "two",
        "bob/ex03.ipynb": b"{}",
        "cem/ex03.7z": b"7z",
        "dora/one.py": "x",
        "dora/two.py": "y",
    }
    inbox = open_inbox(laid(tmp_path / "class", files), asked())

    assert inbox.submissions == ()
    assert told(inbox) == {
        "ann": "there are several files for ex03.py: ann/a/ex03.py, ann/b/ex03.py",
        "bob": "bob/ex03.ipynb is a notebook, not a Python file",
        "cem": "cem/ex03.7z is an archive that is not opened",
        "dora": "there is no ex03.py; there is: dora/one.py, dora/two.py",
    }


def test_the_uppermost_of_several_files_counts(tmp_path: Path, asked: Ask) -> None:
    """A copy in a folder of old versions does not make it unclear."""
    inbox = open_inbox(laid(tmp_path / "class", {"ann/ex03.py": "new", "ann/old/ex03.py": "old"}), asked())

    assert authors(inbox) == {"ann": "new"}


def test_one_name_in_two_forms_is_one_student(tmp_path: Path, asked: Ask) -> None:
    """A Mac writes `é` as two characters; the student gets one submission, or a question, never two grades."""
    composed, decomposed = (unicodedata.normalize(form, "zoé") for form in ("NFC", "NFD"))
    files: Files = {f"{composed}_ex03.py": "composed", f"{decomposed}_ex03.py": "decomposed"}
    inbox = open_inbox(laid(tmp_path / "class", files), asked())

    assert inbox.submissions == ()
    assert list(told(inbox)) == [composed]


def test_links_and_pipes_are_not_followed(tmp_path: Path, asked: Ask) -> None:
    """A link could lead to another student's file, a FIFO would keep us waiting."""
    root = laid(tmp_path / "class", {"ann/ex03.py": "ann", "bob/readme.md": b"x", "cem/readme.md": b"x"})
    (root / "bob" / "ex03.py").symlink_to(root / "ann" / "ex03.py")
    os.mkfifo(root / "cem" / "ex03.py")
    inbox = open_inbox(root, asked())

    assert authors(inbox) == {"ann": "ann"}
    assert sorted(told(inbox)) == ["bob", "cem"]


def test_whole_class_in_one_archive(tmp_path: Path, asked: Ask) -> None:
    """As the platforms hand it out; archives of students inside are looked into."""
    content = zipped({"ann_7_assignsubmission_file_/ex03.zip": zipped({"ex03.py": "ann"})})
    path = tmp_path / "submissions.zip"
    path.write_bytes(content)

    assert authors(open_inbox(path, asked())) == {"7": "ann"}


def test_a_student_s_fault_stays_with_the_submission(tmp_path: Path, asked: Ask) -> None:
    """An empty file, a syntax error, the stub, GBK without a coding line: data, each told with its problem."""
    stub = asked()[0].stub
    files: Files = {
        "ann/ex03.py": b"",
        "bob/ex03.py": b"def f(:\n",
        "cem/ex03.py": stub,
        "dora/ex03.py": "# 锁\n".encode("gb18030"),
    }
    inbox = open_inbox(laid(tmp_path / "class", files), asked())

    assert {one.students[0]: [problem.code.value for problem in one.problems] for one in inbox.submissions} == {
        "ann": ["empty-file"], "bob": ["syntax-error"], "cem": ["not-started"], "dora": ["encoding"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "words"), [("nowhere", "there is no"), ("notes.txt", "neither a folder nor an archive")]
)
def test_what_is_no_class_is_told(tmp_path: Path, asked: Ask, name: str, words: str) -> None:
    """By name, with the way out."""
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(UsageError, match=words):
        open_inbox(tmp_path / name, asked())
