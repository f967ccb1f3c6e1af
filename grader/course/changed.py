"""Which files a pull request, a merge request or a push changed; where that cannot be told, everything has.

The only door to git. Explicit revisions win, then the platform's own facts, then what the history says.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.model.message import Message, say

PATIENCE = 120.0  # seconds for one command of git; a fetch may be slow
DEEPEN_BY, DEEPEN_TRIES = 50, 4
NOTHING = "0" * 40
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"  # git hash-object -t tree /dev/null


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Paths below the root of the repository, None if all may have changed; `how` says how that is known.

    `differing` are those that are not in the folder as they are in the commit that was compared.
    """

    paths: tuple[str, ...] | None
    how: Message
    differing: frozenset[str] = frozenset()


def changed_files(
    repository: Path, environment: Mapping[str, str], *, base: str | None = None, head: str | None = None
) -> Changed:
    """What is different; raises UsageError where named revisions do not exist."""
    git = _Git(repository)
    if base is not None:
        named = _named(git, base, head or "HEAD")
        return replace(named, differing=frozenset(git.difference(head or "HEAD") or ()))
    if environment.get("GITHUB_ACTIONS") == "true":
        return _on_github(git, environment)
    if environment.get("GITLAB_CI") == "true":
        base = environment.get("CI_MERGE_REQUEST_DIFF_BASE_SHA") or environment.get("CI_COMMIT_BEFORE_SHA")
        return _between(git, base, environment.get("CI_COMMIT_SHA") or "HEAD")
    return Changed(paths=None, how=say("no revisions are named: everything is graded"))


class _Git:
    def __init__(self, repository: Path) -> None:
        self.repository = repository

    def ask(self, *arguments: str) -> str | None:
        """What git prints, None if it fails."""
        try:
            done = subprocess.run(  # noqa: S603  (the words are ours, revisions are checked below)
                ["git", "-C", str(self.repository), *arguments],  # noqa: S607
                capture_output=True,
                check=False,
                stdin=subprocess.DEVNULL,
                timeout=PATIENCE,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None

    def commit(self, revision: str) -> str | None:
        """The commit that a revision means; a revision that looks like an option means none."""
        if revision.startswith("-"):
            return None
        found = self.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return found.strip() if found else None

    def difference(self, *revisions: str) -> tuple[str, ...] | None:
        """Of one commit to another, or to the folder; both names of what was renamed, any characters in them."""
        told = self.ask("diff", "--name-only", "--no-renames", "-z", *revisions, "--")
        return None if told is None else tuple(path for path in told.split("\0") if path)

    def common(self, old: str, new: str) -> str | None:
        """The merge base, deepening a shallow clone step by step if need be."""
        for step in range(DEEPEN_TRIES + 1):
            found = self.ask("merge-base", old, new)
            if found:
                return found.strip()
            if (self.ask("rev-parse", "--is-shallow-repository") or "").strip() != "true":
                return None
            more = [f"--deepen={DEEPEN_BY}"] if step < DEEPEN_TRIES - 1 else ["--unshallow", "--filter=blob:none"]
            self.ask("fetch", "--quiet", *more, "origin")
        return None


def _named(git: _Git, base: str, head: str) -> Changed:
    if git.ask("rev-parse", "--git-dir") is None:
        raise UsageError(say("this is no git repository"), hint=say("go into a clone, or grade all files with --all"))
    for revision in (base, head):
        if git.commit(revision) is None:
            raise UsageError(
                say("there is no revision {name} in this repository", name=revision),
                hint=say("in a shallow clone it may not have been fetched: set fetch-depth to 0"),
            )
    return _between(git, base, head)


def _on_github(git: _Git, environment: Mapping[str, str]) -> Changed:
    event = _event(environment.get("GITHUB_EVENT_PATH", ""))
    request = event.get("pull_request")
    if isinstance(request, dict):
        base, head = _sha(request, "base"), _sha(request, "head")
        if (
            head and git.commit("HEAD^2") == head
        ):  # the merge commit that pull_request checks out; fetch-depth 2 is enough
            return _told(git.difference("HEAD^1", "HEAD"), say("the merge commit of the pull request"))
        return _between(git, base, head or "HEAD")
    before, after = event.get("before"), event.get("after")
    if isinstance(before, str) and isinstance(after, str):
        return _between(git, before, after)
    return _told(None, say("the event names no revisions"))


def _between(git: _Git, base: str | None, head: str) -> Changed:
    """What `head` brings that `base` does not have."""
    if base == NOTHING:
        return _told(git.difference(EMPTY_TREE, head), say("the first push of a branch"))
    if not base or git.commit(head) is None:
        return _told(None, say("the revisions are not known here"))
    common = git.common(base, head)
    paths = None if common is None else git.difference(common, head)
    return _told(paths, say("what {head} changed since {base}", head=head[:12], base=base[:12]))


def _told(paths: tuple[str, ...] | None, how: Message) -> Changed:
    if paths is None:
        how = say("it cannot be told what changed: everything is graded")
    return Changed(paths=paths, how=how)


def _event(path: str) -> Mapping[str, Any]:
    try:
        event = json.loads(Path(path).read_bytes()) if path else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return event if isinstance(event, dict) else {}


def _sha(request: Mapping[str, Any], side: str) -> str | None:
    part = request.get(side)
    sha = part.get("sha") if isinstance(part, dict) else None
    return sha if isinstance(sha, str) else None
