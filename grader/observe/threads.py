"""The threads of a tree as somebody who looks at it again and again knows them: which ran since when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from grader.observe import kernel, tree

Key = tuple[int, int]
"""(pid, tid)"""


@dataclass(slots=True)
class Thread:
    """One thread: its count of turns, and when it was last seen to have run."""

    pid: int
    tid: int
    turns: bytes | None
    noticed: float


class Threads:
    """All threads below `root`, itself included, those of the processes `ignore` left out."""

    def __init__(self, root: int, *, ignore: Collection[int] = ()) -> None:
        self._root = root
        self._ignore = frozenset(ignore)
        self.known: dict[Key, Thread] = {}

    @property
    def members(self) -> frozenset[int]:
        """The processes they belong to."""
        return frozenset(pid for pid, _ in self.known)

    def of(self, pid: int) -> list[int]:
        """The threads of a process."""
        return [tid for owner, tid in self.known if owner == pid]

    def turns(self) -> dict[Key, bytes | None]:
        """The counts as they were read last."""
        return {key: thread.turns for key, thread in self.known.items()}

    def read_turns(self, now: float) -> None:
        """Read all counts anew; whose count has changed has run until now."""
        for thread in self.known.values():
            turns = kernel.turns(thread.pid, thread.tid)
            if turns != thread.turns:
                thread.turns, thread.noticed = turns, now

    def adopt(self, pid: int) -> None:
        """Read the counts of a process that we roused ourselves: that was no sign of life."""
        for tid in self.of(pid):
            self.known[pid, tid].turns = kernel.turns(pid, tid)

    def read_members(self, now: float) -> bool:
        """Whether threads came or went; those that came count as having run now."""
        keys = {(pid, tid) for pid in tree.pids(self._root, ignore=self._ignore) for tid in kernel.threads(pid)}
        went = self.known.keys() - keys
        came = keys - self.known.keys()
        for key in went:
            del self.known[key]
        for pid, tid in came:
            self.known[pid, tid] = Thread(pid, tid, kernel.turns(pid, tid), now)
        return bool(went or came)
