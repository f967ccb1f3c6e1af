"""What a pull request changed, told by real git repositories and the events that platforms send."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.course.changed import Changed, changed_files
from grader.errors import UsageError


class Repository:
    """A repository whose commits are made by the test."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        """One command of git; nothing of the user's settings counts."""
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "protocol.file.allow=always"]
        done = subprocess.run(
            ["git", "-C", str(self.root), *who, *arguments],
            capture_output=True, text=True, check=True, env={"PATH": "/usr/bin:/bin", "HOME": str(self.root)},
        )  # fmt: skip
        return done.stdout.strip()

    def commit(self, files: Mapping[str, str], remove: tuple[str, ...] = ()) -> str:
        """A commit of these files; its name."""
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        for name in remove:
            (self.root / name).unlink()
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", "x")
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """One commit on main, in a branch `work` more to come."""
    made = Repository(tmp_path / "origin")
    made.commit({"ex03.py": "a\n" * 9, "old name.py": "b\n" * 9, "gone.py": "c"})
    made.git("checkout", "--quiet", "-b", "work")
    return made


def on_github(tmp_path: Path, event: object) -> dict[str, str]:
    """The environment of a job on GitHub."""
    path = tmp_path / "event.json"
    path.write_text(json.dumps(event))
    return {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(path)}


def pull_request(base: str, head: str) -> dict[str, object]:
    """As much of the event as counts."""
    return {"pull_request": {"base": {"sha": base, "ref": "main"}, "head": {"sha": head, "ref": "work"}}}


def test_named_revisions_win(repository: Repository, tmp_path: Path) -> None:
    """Renames show both names, any characters come out as they are, what main did meanwhile does not count."""
    repository.git("mv", "old name.py", "新 名.py")
    repository.commit({"目 录/ex04.py": "x"}, remove=("gone.py",))
    repository.git("checkout", "--quiet", "main")
    repository.commit({"others.py": "x"})
    found = changed_files(repository.root, on_github(tmp_path, {}), base="main", head="work")

    assert found.paths is not None
    assert sorted(found.paths) == sorted(["gone.py", "old name.py", "新 名.py", "目 录/ex04.py"])


@pytest.mark.parametrize("revision", ["nowhere", "--output=/tmp/x", "-h"])
def test_revision_that_is_none_is_told(repository: Repository, revision: str) -> None:
    """Nothing that is named is taken for an option of git."""
    with pytest.raises(UsageError, match="there is no revision"):
        changed_files(repository.root, {}, base=revision)


def test_merge_commit_needs_no_more_than_two_commits(repository: Repository, tmp_path: Path) -> None:
    """`pull_request` checks out a merge; with fetch-depth 2 its parents are there, and no merge base."""
    base = repository.git("rev-parse", "main")
    head = repository.commit({"ex03.py": "changed"})
    repository.git("checkout", "--quiet", "main")
    repository.commit({"others.py": "x"})
    repository.git("merge", "--quiet", "--no-ff", "-m", "merge", "work")
    repository.git("clone", "--quiet", "--depth=2", f"file://{repository.root}", str(tmp_path / "clone"))
    found = changed_files(tmp_path / "clone", on_github(tmp_path, pull_request(base, head)))

    assert found.paths == ("ex03.py",)
    assert str(found.how) == "the merge commit of the pull request"


def test_what_the_folder_has_otherwise_is_known(repository: Repository) -> None:
    """By the revision that was named, or by the last commit."""
    repository.commit({"ex03.py": "new"})
    (repository.root / "gone.py").unlink()

    assert changed_files(repository.root, {}, base="main").differing == {"gone.py"}
    assert changed_files(repository.root, {}, base="main", head="HEAD~1").differing == {"gone.py", "ex03.py"}


def test_shallow_clone_is_deepened(repository: Repository, tmp_path: Path) -> None:
    """Until the two histories meet."""
    base = repository.git("rev-parse", "main")
    for number in range(5):
        head = repository.commit({"ex03.py": str(number)})
    repository.git(
        "clone", "--quiet", "--depth=1", "--branch=work", f"file://{repository.root}", str(tmp_path / "clone")
    )
    found = changed_files(tmp_path / "clone", on_github(tmp_path, pull_request(base, head)))

    assert found.paths == ("ex03.py",)


def test_push_and_first_push(repository: Repository, tmp_path: Path) -> None:
    """From before to after; of a new branch everything is new."""
    before = repository.commit({"ex03.py": "1"})
    after = repository.commit({"ex04.py": "1"})

    assert changed_files(repository.root, on_github(tmp_path, {"before": before, "after": after})).paths == ("ex04.py",)
    first = changed_files(repository.root, on_github(tmp_path, {"before": "0" * 40, "after": after}))
    assert first.paths is not None
    assert {"ex03.py", "ex04.py", "gone.py"} <= set(first.paths)


def test_gitlab_names_its_base(repository: Repository) -> None:
    """By variables."""
    base = repository.git("rev-parse", "main")
    head = repository.commit({"ex04.py": "1"})
    facts = {"GITLAB_CI": "true", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_COMMIT_SHA": head}

    assert changed_files(repository.root, facts).paths == ("ex04.py",)


@pytest.mark.parametrize(
    "event",
    [
        {},
        [],
        {"pull_request": 3},
        {"pull_request": {"base": {}, "head": {"sha": 7}}},
        {"before": "a" * 40, "after": "b" * 40},
    ],
)
def test_what_cannot_be_told_is_everything(repository: Repository, tmp_path: Path, event: object) -> None:
    """Never silently nothing."""
    found = changed_files(repository.root, on_github(tmp_path, event))

    assert found == Changed(paths=None, how=found.how)
    assert "everything is graded" in str(found.how)


def test_outside_a_repository_everything_is_graded(tmp_path: Path) -> None:
    """Where there is no git at all, too."""
    assert changed_files(tmp_path, {"GITHUB_ACTIONS": "true"}).paths is None


def test_folder_without_a_repository_is_told_as_such(tmp_path: Path) -> None:
    """Not as a revision that is missing."""
    with pytest.raises(UsageError, match="this is no git repository") as refusal:
        changed_files(tmp_path, {}, base="main")

    assert "--all" in str(refusal.value.hint)
