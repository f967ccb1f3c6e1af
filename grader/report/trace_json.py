"""A witness in the Trace Event Format, which ui.perfetto.dev and chrome://tracing open.

One thread per lane. A step lasts one millisecond, in the order of execution: virtual time stands in `args`. Holding a
lock and waiting are slices of several steps, a hand-over through a queue is a flow, values and lengths are counters.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.model.witness import Witness
from grader.report.interleaving import Interleaving, State, Stretch, Turn, interleave

STEP_US = 1_000
PROCESS = 1
EVERYTHING = 100_000  # steps

Event = dict[str, object]


def trace(witness: Witness) -> dict[str, object]:
    """The document, in English as all machine output."""
    told = interleave(witness, "en", most=EVERYTHING)
    return {"displayTimeUnit": "ms", "traceEvents": list(_events(told))}


def _events(told: Interleaving) -> Iterator[Event]:
    yield _event("M", "process_name", 0, 0, args={"name": "the student's program"})
    for lane, name in enumerate(told.lanes):
        yield _event("M", "thread_name", 0, lane, args={"name": name})
        yield _event("M", "thread_sort_index", 0, lane, args={"sort_index": lane})
    for stretch in told.stretches:
        yield _slice(stretch, len(told.turns))
    for turn in told.turns:
        yield _step(turn)
        yield from _counters(turn)
        if turn.taken_from is not None:
            yield from _flow(turn, told.turns[turn.taken_from - 1])


def _step(turn: Turn) -> Event:
    args: Event = {"step": turn.number, "virtual_s": turn.at}
    if turn.line:
        args["line"] = turn.line
    if turn.remark:
        args["remark"] = turn.remark
    return _event("X", turn.text, turn.number, turn.lane, dur=STEP_US // 2, cat=turn.kind.value, args=args)


def _slice(stretch: Stretch, steps: int) -> Event:
    words = {State.HOLDS: "holds", State.WAITS: "waits for", State.STALE: "works with an old value"}
    last = steps + 1 if stretch.last is None else stretch.last
    name = f"{words[stretch.state]} {stretch.resource}".strip()
    return _event(
        "X", name, stretch.first, stretch.lane, dur=max(last - stretch.first, 1) * STEP_US, cat=stretch.state.value
    )


def _flow(taken: Turn, put: Turn) -> Iterator[Event]:
    yield _event("s", "item", put.number, put.lane, cat="item", id=taken.number)
    yield _event("f", "item", taken.number, taken.lane, cat="item", id=taken.number, bp="e")


def _counters(turn: Turn) -> Iterator[Event]:
    for name, count in turn.standing.depths.items():
        yield _event("C", f"items in {name}", turn.number, turn.lane, args={"items": count})


def _event(phase: str, name: str, step: int, lane: int, **more: object) -> Event:
    return {"ph": phase, "name": name, "ts": step * STEP_US, "pid": PROCESS, "tid": lane + 1, **more}
