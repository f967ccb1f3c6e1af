"""How much CPU a tree of processes has used, those that have ended since included.

A process that is waited for hands what it has used on to whoever waits, its own descendants' part included; an orphan
is waited for by the root of the tree. So the sum over those that live now is all that was used, but for two things, of
which neither may ever make it too large:

    between two readings    someone ends and is waited for meanwhile: missing in this sum, there in the next one
    SIGCHLD is ignored      nobody waits, the kernel forgets: only what was seen of each process before can be counted
"""

from __future__ import annotations

from collections.abc import Collection

from grader.observe import kernel, tree


class Spending:
    """Seconds of CPU since this was made, of everything below `root`; of `ours` only what they wait for counts."""

    def __init__(self, root: int, *, ours: Collection[int] = ()) -> None:
        self._root = root
        self._ours = frozenset(ours)
        self._seen: dict[int, float] = {}
        self._forgotten = 0.0
        self._most = 0.0
        before = tree.pids(root, ignore=self._ours)
        self._old = self._ours.union(before)  # zombies of an earlier call may wait to be reaped
        self._before = self._sum((*self._ours, *before))

    def look(self, program: Collection[int] | None = None) -> float:
        """How much it is by now; whoever has just listed the processes without ours (`tree.pids`) hands them over."""
        members = tree.pids(self._root, ignore=self._ours) if program is None else program
        self._most = max(self._most, self._sum((*self._ours, *members)) - self._before)
        return max(self._most, self._forgotten + sum(self._seen.values()))

    def _sum(self, pids: Collection[int]) -> float:
        """What the processes and their descendants have used; parents are read first, so that nothing counts twice."""
        total = 0.0
        seen: dict[int, float] = {}
        for pid in pids:
            own, below = kernel.processor_time(pid) or (0.0, 0.0)
            total += below
            if pid not in self._ours:
                total += own
            if pid not in self._old:
                seen[pid] = own
        for pid, own in self._seen.items():
            if own > seen.get(pid, 0.0):  # it has ended, or its number belongs to somebody else by now
                self._forgotten += own
        self._seen = seen
        return total
