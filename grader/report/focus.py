"""Leaves out of an interleaving those who have no part in the failure, so that a drawing has room for the others."""

from __future__ import annotations

from dataclasses import replace

from grader.report.interleaving import Interleaving, Turn


def focused(told: Interleaving) -> Interleaving:
    """Without lanes in which nothing of the student's happens: the scenario's own process that only waits or looks."""
    kept = [lane for lane in range(len(told.lanes)) if _matters(told, lane)]
    if not kept or len(kept) == len(told.lanes):
        return told
    place = {lane: at for at, lane in enumerate(kept)}
    return replace(
        told,
        lanes=tuple(told.lanes[lane] for lane in kept),
        turns=tuple(replace(turn, lane=place[turn.lane]) for turn in told.turns if turn.lane in place),
        stretches=tuple(replace(part, lane=place[part.lane]) for part in told.stretches if part.lane in place),
        waits=tuple(
            replace(wait, lane=place[wait.lane], holder=place.get(wait.holder) if wait.holder is not None else None)
            for wait in told.waits
            if wait.lane in place
        ),
    )


def _matters(told: Interleaving, lane: int) -> bool:
    """Whether one of its steps is at a line of the student's, has to do with the failure, or hands something over."""
    mine = [turn for turn in told.turns if turn.lane == lane]
    numbers = {turn.number for turn in mine}
    gives = any(turn.taken_from in numbers for turn in told.turns)
    needed = any(wait.holder == lane or (wait.lane == lane and _is_telling(told, lane)) for wait in told.waits)
    return gives or needed or any(_is_part(turn) for turn in mine)


def _is_part(turn: Turn) -> bool:
    return bool(turn.line or turn.crucial or turn.taken_from)


def _is_telling(told: Interleaving, lane: int) -> bool:
    """Whether a wait of this lane says something: at a line of the student's, or nobody else waits."""
    others = any(wait.lane != lane and wait.line for wait in told.waits)
    return not others or any(wait.lane == lane and wait.line for wait in told.waits)
