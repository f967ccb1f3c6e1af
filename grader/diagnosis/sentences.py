"""Sentences about what was seen: who read what at which line, who wrote, who holds what, who waits."""

from __future__ import annotations

from collections.abc import Sequence

from grader.diagnosis.evidence import readable
from grader.diagnosis.interleaving import Guard, Overwrite, taken_at, wanted_lock
from grader.model.message import Message, say
from grader.model.witness import Blocked, Step

SHOWN_WAITS = 4


def who(step: Step | Blocked, file: str) -> str:
    """The worker with the line it was at: `first (ex03.py:12)`; a partner of the suite has no line."""
    return f"{step.worker} ({file}:{step.line})" if step.line else step.worker


def overwritten(seen: Overwrite, file: str) -> Message:
    """How an update was lost, with workers, lines, values, locks."""
    shown = {
        "reader": who(seen.read, file),
        "other": who(seen.other, file),
        "writer": who(seen.write, file),
        "loser": seen.other.worker,
        "resource": seen.read.resource,
        "lock": seen.lock,
        "other_lock": seen.other_lock,
    }
    values = {"old": seen.read.value, "between": seen.other.value, "new": seen.write.value}
    if seen.read.resource.startswith("manager ") or not all(values.values()):
        return _without_values(seen.guard, shown)
    return _with_values(seen.guard, shown | {name: readable(value) for name, value in values.items()})


def _with_values(guard: Guard, shown: dict[str, str]) -> Message:
    match guard:
        case Guard.WRITE_ONLY:
            return say(
                "{reader} read {old} from {resource} before it took {lock}; {other} wrote {between}; then {writer}, "
                "holding {lock}, wrote {new} over it. What {loser} had written is lost: the read must be inside the "
                "lock too.",
                **shown,
            )
        case Guard.LET_GO:
            return say(
                "{reader} read {old} from {resource}, but {lock} was not held from the read to the write; {other} "
                "wrote {between}; then {writer} wrote {new} over it. What {loser} had written is lost.",
                **shown,
            )
        case Guard.OTHER_LOCK:
            return say(
                "{reader} read {old} from {resource} and held {lock}; {other} held {other_lock} and wrote {between}; "
                "then {writer} wrote {new} over it. Two different locks keep nobody out: what {loser} had written is "
                "lost.",
                **shown,
            )
        case Guard.NONE:
            return say(
                "{reader} read {old} from {resource}; then {other} wrote {between}; then {writer} wrote {new} over it, "
                "computed from the old {old}. What {loser} had written is lost.",
                **shown,
            )


def _without_values(guard: Guard, shown: dict[str, str]) -> Message:
    match guard:
        case Guard.WRITE_ONLY:
            return say(
                "{reader} read {resource} before it took {lock}; {other} changed it; then {writer}, holding {lock}, "
                "wrote over that. What {loser} had changed is lost: the read must be inside the lock too.",
                **shown,
            )
        case Guard.LET_GO:
            return say(
                "{reader} read {resource}, but {lock} was not held from the read to the write; {other} changed it; "
                "then {writer} wrote over that. What {loser} had changed is lost.",
                **shown,
            )
        case Guard.OTHER_LOCK:
            return say(
                "{reader} read {resource} and held {lock}; {other} held {other_lock} and changed it; then {writer} "
                "wrote over that. Two different locks keep nobody out: what {loser} had changed is lost.",
                **shown,
            )
        case Guard.NONE:
            return say(
                "{reader} read {resource}; then {other} changed it; then {writer} wrote over that from the old value. "
                "What {loser} had changed is lost.",
                **shown,
            )


def waits_for_ended(entry: Blocked, steps: Sequence[Step], file: str) -> Message:
    """Somebody waits for a lock whose holder is gone."""
    taken = taken_at(steps, entry.held_by, wanted_lock(entry))
    holder = who(taken, file) if taken else entry.held_by
    return say(
        "{waiter} waits for {lock} for ever: {holder} took it and ended without releasing it.",
        waiter=who(entry, file),
        lock=wanted_lock(entry),
        holder=holder,
    )


def waits_for_stuck_holder(entry: Blocked, holder: Blocked, steps: Sequence[Step], file: str) -> Message:
    """Somebody waits for a lock whose holder waits for something else that never comes."""
    taken = taken_at(steps, entry.held_by, wanted_lock(entry))
    return say(
        "{waiter} waits for {lock}; {holder} took it and, still holding it, waits in {operation} of {resource} "
        "({place}), which never ends.",
        waiter=who(entry, file),
        lock=wanted_lock(entry),
        holder=who(taken, file) if taken else entry.held_by,
        operation=holder.op,
        resource=holder.resource,
        place=f"{file}:{holder.line}" if holder.line else holder.worker,
    )


def waits_for_itself(entry: Blocked, steps: Sequence[Step], file: str) -> Message:
    """A worker waits for a lock that it holds itself."""
    taken = taken_at(steps, entry.worker, wanted_lock(entry))
    return say(
        "{waiter} waits for {lock}, which it holds itself ({taken}). A Lock does not know its holder: the second "
        "acquire waits like anybody else's.",
        waiter=who(entry, file),
        lock=wanted_lock(entry),
        taken=f"{file}:{taken.line}" if taken and taken.line else entry.worker,
    )


def waits_in_circle(circle: Sequence[Blocked], steps: Sequence[Step], file: str) -> Message:
    """Workers each hold what the next one waits for."""
    first, second = circle[0], circle[1]
    held_by_first = wanted_lock(circle[-1])
    shown = {
        "first": _holding(first, held_by_first, steps, file),
        "held": held_by_first,
        "wanted": wanted_lock(first),
        "second": _holding(second, wanted_lock(first), steps, file),
        "wanted_next": wanted_lock(second),
    }
    if len(circle) == 2:
        return say(
            "{first} holds {held} and waits for {wanted}; {second} holds {wanted} and waits for {held}. Take both in "
            "the same order everywhere.",
            **shown,
        )
    return say(
        "{first} holds {held} and waits for {wanted}; {second} holds {wanted} and waits for {wanted_next}; and so on "
        "in a circle of {count}. Take the locks in the same order everywhere.",
        **shown,
        count=len(circle),
    )


def _holding(entry: Blocked, lock: str, steps: Sequence[Step], file: str) -> str:
    taken = taken_at(steps, entry.worker, lock)
    return who(taken, file) if taken else entry.worker


def waits_for_ever(blocked: Sequence[Blocked], file: str, told: Message | None) -> Message:
    """Who waits for what, when nothing can move any more; in the words of the suite's sentence where it says that."""
    said = {name.replace("where", "waits"): value for name, value in (told.values if told else {}).items()}
    if {"waits", "waits_zh"} <= said.keys():
        return say(
            "Nobody can go on any more. Waiting for ever: {waits}.",
            waits=readable(str(said["waits"])),
            waits_zh=readable(str(said["waits_zh"])),
        )
    waits = "; ".join(f"{who(entry, file)}: {entry.op} {entry.resource}" for entry in blocked[:SHOWN_WAITS])
    return say("Nobody can go on any more. Waiting for ever: {waits}.", waits=readable(waits))


def stuck_outside(stuck: Sequence[str]) -> Message:
    """Where each process waits, as seen from outside."""
    return say("Nobody can go on any more: {waits}.", waits=readable("; ".join(stuck[:SHOWN_WAITS])))
