"""A pull request is graded in a real repository, with the variables and files of the platforms."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader import __version__
from grader.cli.workflows import TEMPLATES, next_steps, write_workflows
from tests.course.test_changed import Repository

PATIENCE = 240.0
EVIL = """
def double(number):
    print("::error file=x::pwned")
    print("::set-output name=score::10")
    return "::error::pwned"
"""


@pytest.fixture
def repository(tmp_path: Path, tiny_course: Path) -> Repository:
    """A student's repository: the stub on main, a branch with work in it."""
    made = Repository(tmp_path / "repository")
    made.commit({"ex90.py": (tiny_course / "ex90_tiny" / "stub.py").read_text("utf-8"), "README.md": "mine"})
    made.git("checkout", "--quiet", "-b", "work")
    return made


def ci(
    repository: Repository, tiny_course: Path, *arguments: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    """`grade ci` in the repository."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "GITLAB_", "CI"))}
    return subprocess.run(
        [sys.executable, "-m", "grader", "--content", str(tiny_course), "ci", *arguments],
        cwd=repository.root, env={**kept, **variables}, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def program(tiny_course: Path, name: str) -> str:
    """One of the tiny course's programs."""
    return (tiny_course / "submissions" / f"{name}.py").read_text("utf-8")


def result(repository: Repository) -> dict[str, Any]:
    """What it wrote for other tools."""
    document: dict[str, Any] = json.loads((repository.root / ".grade/result.json").read_bytes())
    return document


def test_what_was_changed_is_graded(repository: Repository, tiny_course: Path) -> None:
    """A right file is accepted; files for every reader lie in the folder of the results."""
    repository.commit({"ex90.py": program(tiny_course, "passes")})
    done = ci(repository, tiny_course, "--base", "main")
    out = repository.root / ".grade"

    assert done.returncode == 0, done.stderr
    assert [(one["path"], one["verdict"]) for one in result(repository)["attempts"]] == [("ex90.py", "accepted")]
    assert ET.parse(out / "junit.xml").getroot()[0].get("failures") == "0"  # noqa: S314  (ours)
    assert json.loads((out / "codequality.json").read_bytes()) == []
    scores = json.loads((out / "classroom50/result.json").read_bytes())
    assert (scores["schema"], scores["score"], scores["max-score"]) == ("classroom50/result/v1", 1000, 1000)
    assert (out / "reports/ex90.html").is_file()


def test_nothing_changed_is_no_failure(repository: Repository, tiny_course: Path) -> None:
    """It is said, and ends with 0."""
    repository.commit({"README.md": "changed"})
    done = ci(repository, tiny_course, "--base", "main")

    assert (done.returncode, result(repository)["attempts"]) == (0, [])
    assert "no exercise was changed" in done.stdout


def test_what_a_comment_shows_as_it_stands_is_written_in_the_readers_language(
    repository: Repository, tiny_course: Path
) -> None:
    """Notes are for people: whoever makes the comment has only the file."""
    repository.commit({"README.md": "changed"})
    ci(repository, tiny_course, "--base", "main", "--lang", "zh")
    english = ci(repository, tiny_course, "--base", "main", "--out", "en")

    assert english.returncode == 0
    notes = [json.loads((repository.root / place / "result.json").read_text())["notes"] for place in (".grade", "en")]
    assert len(notes[0]) == len(notes[1]) > 0
    assert all(not zh.isascii() and en.isascii() for zh, en in zip(*notes, strict=True))


def test_what_is_graded_is_what_was_named_or_it_is_said(repository: Repository, tiny_course: Path) -> None:
    """Changes that are not committed are told of; another revision than the one in the folder is refused."""
    repository.commit({"ex90.py": program(tiny_course, "passes")})
    repository.commit({"ex90.py": program(tiny_course, "fails")})
    older = ci(repository, tiny_course, "--base", "main", "--head", "HEAD~1")
    (repository.root / "ex90.py").write_text(program(tiny_course, "passes"), "utf-8")
    mended = ci(repository, tiny_course, "--base", "main")
    waiting = ci(repository, tiny_course, "--base", "HEAD")

    assert older.returncode == 2
    assert "ex90.py in this folder is not the one of HEAD~1" in older.stderr
    assert "git switch --detach HEAD~1" in older.stderr
    assert "ex90.py is graded as it lies here: it has changes that are not committed" in mended.stdout
    assert "ex90.py has changes that are not committed: commit them first" in waiting.stdout


def test_failures_are_marked_at_the_student_s_lines(repository: Repository, tiny_course: Path, tmp_path: Path) -> None:
    """On GitHub: annotations, a summary, outputs of one line each."""
    head = repository.commit({"ex90.py": program(tiny_course, "fails")})
    event = tmp_path / "event.json"
    base = repository.git("rev-parse", "main")
    event.write_text(json.dumps({"pull_request": {"base": {"sha": base}, "head": {"sha": head}}}))
    files = {name: str(tmp_path / name) for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    done = ci(repository, tiny_course, GITHUB_ACTIONS="true", GITHUB_EVENT_PATH=str(event), **files)
    marks = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    outputs = dict(line.split("=", 1) for line in Path(files["GITHUB_OUTPUT"]).read_text("utf-8").splitlines())

    assert done.returncode == 1
    assert len(marks) == 1
    assert marks[0].startswith("::error file=ex90.py")
    assert outputs["status"] == "not-accepted"
    assert json.loads(outputs["exercises"]) == ["ex90"]
    assert "| ex90 " in Path(files["GITHUB_STEP_SUMMARY"]).read_text("utf-8")
    assert json.loads((repository.root / ".grade/codequality.json").read_bytes())[0]["location"]["path"] == "ex90.py"
    assert ci(repository, tiny_course, "--base", "main", "--exit-zero").returncode == 0


def test_students_cannot_give_orders_to_the_platform(repository: Repository, tiny_course: Path, tmp_path: Path) -> None:
    """Nothing that a program prints or returns begins a line outside a fenced block."""
    repository.commit({"ex90.py": EVIL})
    output = tmp_path / "output"
    done = ci(repository, tiny_course, "--base", "main", GITHUB_ACTIONS="true", GITHUB_OUTPUT=str(output))
    obeyed, fence = [], ""
    for line in done.stdout.splitlines():
        if fence:
            fence = "" if line == f"::{fence}::" else fence
        elif line.startswith("::stop-commands::"):
            fence = line.removeprefix("::stop-commands::")
        elif line.startswith("::"):
            obeyed.append(line)

    assert len(done.stdout.splitlines()) > len(obeyed) > 0
    assert {line.split(" ")[0].split("::")[1] for line in obeyed} <= {"group", "endgroup", "error"}
    assert not any("pwned" in line.split("::", 2)[1] for line in obeyed)
    assert output.read_text().splitlines()[0] != "score=10"


def test_name_of_a_file_is_no_order(repository: Repository, tiny_course: Path) -> None:
    """Not even one that is told because the file is gone: no line begins with it."""
    name = "::error title=pwned::x/ex90.py"
    repository.commit({name: program(tiny_course, "passes")})
    base = repository.git("rev-parse", "HEAD")
    repository.commit({"README.md": "gone"}, remove=(name,))
    done = ci(repository, tiny_course, "--base", base, GITHUB_ACTIONS="true")

    assert "is not there any more" in done.stdout
    assert not any(line.lstrip().startswith("::error") for line in done.stdout.splitlines())


def test_suite_of_the_pull_request_is_not_used(repository: Repository, tiny_course: Path) -> None:
    """A pull request may bring a course, a suite and settings of pytest: what is installed here grades."""
    shutil.copytree(tiny_course, repository.root / "exercises")
    suite = repository.root / "exercises/ex90_tiny/suite/test_ex90.py"
    suite.write_text("\n".join(f"def test_{name}(): ..." for name in ("a", "b", "c")))
    (repository.root / "conftest.py").write_text("raise SystemExit(0)")
    repository.commit({"ex90.py": program(tiny_course, "fails")})

    assert ci(repository, tiny_course, "--base", "main").returncode == 1


def test_removed_files_and_links_are_left_aside(repository: Repository, tiny_course: Path) -> None:
    """A removed file is said; a link could lead to anything on this machine."""
    repository.commit({}, remove=("ex90.py",))
    done = ci(repository, tiny_course, "--base", "main")
    (repository.root / "ex90.py").symlink_to(tiny_course / "submissions" / "passes.py")
    repository.commit({})
    linked = ci(repository, tiny_course, "--base", "main")

    assert (done.returncode, linked.returncode) == (0, 0)
    assert "ex90.py is not there any more" in done.stdout
    assert result(repository)["attempts"] == []


def test_unknown_revision_is_a_usage_error(repository: Repository, tiny_course: Path) -> None:
    """With the way out."""
    done = ci(repository, tiny_course, "--base", "nowhere")

    assert done.returncode == 2
    assert "fetch-depth" in done.stderr


def test_workflows_are_written_once(repository: Repository, tiny_course: Path) -> None:
    """For GitHub two, of which only the second may write; nothing that is there is overwritten."""
    done = ci(repository, tiny_course, "--write", "github")
    again = ci(repository, tiny_course, "--write", "github")
    gitlab = ci(repository, tiny_course, "--write", "gitlab")
    ci(repository, tiny_course, "--write", "github-action")
    files = {path: yaml.safe_load((repository.root / path).read_text("utf-8")) for path in done.stdout.split()}
    grade, comment = files.values()

    assert list(files) == [".github/workflows/grade.yml", ".github/workflows/grade-comment.yml"]
    assert (grade["permissions"], comment["permissions"]) == (
        {"contents": "read"},
        {"actions": "read", "pull-requests": "write"},
    )
    assert not any("checkout" in step.get("uses", "") for step in comment["jobs"]["comment"]["steps"])
    assert done.stderr == f"commit what was written; it installs ipc-grader {__version__} from a package index\n"
    assert "include: {local: .gitlab/grade.yml}" in gitlab.stderr
    assert "@LANG@" not in "".join((repository.root / path).read_text("utf-8") for path in done.stdout.split())
    assert (again.returncode, "is there already" in again.stderr) == (2, True)
    assert yaml.safe_load((repository.root / ".gitlab/grade.yml").read_text("utf-8"))["grade"]["artifacts"]["reports"]
    action = yaml.safe_load((repository.root / "action.yml").read_text("utf-8"))
    assert action["runs"]["using"] == "composite"
    assert action["inputs"]["version"]["default"] == __version__


def test_workflows_speak_the_language_of_who_writes_them(tmp_path: Path) -> None:
    """Each command of ours in them; outside of a repository's root it is said that this is none."""
    places = [write_workflows(platform, tmp_path, "zh") for platform in ("github", "github-action", "gitlab")]
    commands = [
        line for paths in places for path in paths for line in path.read_text("utf-8").splitlines() if "grade" in line
    ]

    assert sum(" ci --lang zh" in line for line in commands) == 4
    assert "not the root" in str(next_steps("github", tmp_path)[0])


@pytest.mark.parametrize(
    ("schema", "names"),
    [
        ("github-workflows", ["grade.yml", "grade-comment.yml"]),
        ("github-actions", ["action.yml"]),
        ("gitlab-ci", ["gitlab.yml"]),
    ],
)
def test_templates_are_what_the_platforms_read(schema: str, names: list[str]) -> None:
    """By the schemas that the platforms' own editors use, as `check-jsonschema` brings them along."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    done = subprocess.run(
        [*command, *(str(TEMPLATES / name) for name in names)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["grade.yml", "grade-comment.yml", "action.yml"])
def test_no_script_of_a_workflow_holds_an_expression(name: str) -> None:
    """What an event or an input brings reaches a script by its environment: nobody can write a command into it."""
    document = yaml.safe_load((TEMPLATES / name).read_text("utf-8"))
    jobs = [document["runs"]] if "runs" in document else document["jobs"].values()
    scripts = [step["run"] for job in jobs for step in job["steps"] if "run" in step]

    assert scripts
    assert not any("${{" in script for script in scripts)


def test_comment_is_made_of_the_result(repository: Repository, tiny_course: Path) -> None:
    """By a command that does not need the repository; a result that is none is a usage error."""
    repository.commit({"ex90.py": program(tiny_course, "passes")})
    ci(repository, tiny_course, "--base", "main")
    first = ci(repository, tiny_course, "--comment", ".grade/result.json")
    (repository.root / "previous.md").write_text(first.stdout)
    second = ci(repository, tiny_course, "--comment", ".grade/result.json", "--previous", "previous.md")

    assert "| `ex90.py` | Accepted | 10 / 10 |  |" in first.stdout
    assert "as before" in second.stdout
    assert ci(repository, tiny_course, "--comment", "README.md").returncode == 2
