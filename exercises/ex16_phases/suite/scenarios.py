"""Small programs around the functions of ex16: steps that note when they run, and somebody who changes things."""

import itertools
import multiprocessing as mp
import time
from multiprocessing.managers import BaseManager
from multiprocessing.process import BaseProcess

LONG = 3600  # seconds, beyond any limit
KINDS = {"plain": mp.Condition, "lock": lambda: mp.Condition(mp.Lock())}
HOW = {"plain": "notify_all", "lock": "notify"}


class Refusal(Exception):
    """Raised on purpose; made of two arguments."""

    def __init__(self, name, reason):
        super().__init__(name, reason)
        self.name = name
        self.reason = reason


class Step:
    """Notes when it begins and ends; takes `seconds[phase][worker]`, or 0, and fails where it is told to."""

    def __init__(self, book, seconds, failing=()):
        self.book = book
        self.seconds = seconds
        self.failing = failing

    def __call__(self, worker, phase):
        self.book.write(f"begin {worker} {phase}")
        self.spend(worker, phase)
        if [worker, phase] in self.failing:
            self.book.write(f"fail {worker} {phase}")
            raise Refusal(worker, "refused")
        self.book.write(f"end {worker} {phase}")
        return f"result {worker} {phase}"

    def spend(self, worker, phase):
        """Sleep, and the others have time for what they should not do."""
        row = self.seconds[phase] if phase < len(self.seconds) else []
        time.sleep(row[worker] if worker < len(row) else 0)


class MeetingStep(Step):
    """Waits in each phase until all workers are in it."""

    def __init__(self, book, places):
        super().__init__(book, [])
        self.places = places

    def spend(self, _, phase):
        self.places[phase].attend()


class LongStep(Step):
    """One worker is slow in each phase: it waits until all the others can do nothing more."""

    def __init__(self, book, crowds):
        super().__init__(book, [])
        self.crowds = crowds

    def spend(self, worker, phase):
        if worker == phase % len(self.crowds):
            self.crowds[worker].attend()


class FailingBesides(Step):
    """All meet in the phase in which some fail; those that do not fail go on for a moment."""

    def __init__(self, book, failing, meeting, crowd):
        super().__init__(book, [], failing)
        self.meeting = meeting
        self.crowd = crowd

    def spend(self, worker, phase):
        if phase == self.failing[0][1]:
            self.meeting.attend()
            if [worker, phase] not in self.failing:
                self.crowd.attend()


def run_steps(stage, *, workers, phases, seconds, failing=()):
    """`run_phases` with steps that take some time; the caller signs first."""
    book = stage.notebook("steps")
    book.write("caller")
    return stage.submission.run_phases(Step(book, seconds, failing), workers, phases)


def run_by_keyword(stage, *, workers, phases):
    """The same, called with keywords."""
    book = stage.notebook("steps")
    book.write("caller")
    return stage.submission.run_phases(step=Step(book, []), workers=workers, phases=phases)


def all_meet(stage, *, workers, phases):
    """In each phase, all steps wait for each other."""
    places = [stage.meeting(f"phase {phase}", workers) for phase in range(phases)]
    return stage.submission.run_phases(MeetingStep(stage.notebook("steps"), places), workers, phases)


def one_is_long(stage, *, workers, phases):
    """In each phase another worker is slow."""
    book = stage.notebook("steps")
    book.write("caller")
    crowds = [stage.crowd(f"slow {worker}", 2) for worker in range(workers)]
    return stage.submission.run_phases(LongStep(book, crowds), workers, phases)


def some_fail_besides(stage, *, workers, phases, failing):
    """Some steps fail while all the others are running."""
    book = stage.notebook("steps")
    book.write("caller")
    step = FailingBesides(book, failing, stage.meeting("all", workers), stage.crowd("those that go on", workers + 1))
    return stage.submission.run_phases(step, workers, phases)


def play(stage, *, rounds):
    """`ping_pong`."""
    return stage.submission.ping_pong(rounds)


def play_by_keyword(stage, *, rounds):
    """The same, called with a keyword, after an earlier call."""
    stage.submission.ping_pong(rounds=1)
    return stage.submission.ping_pong(rounds=rounds)


def play_and_count(stage, *, rounds):
    """`ping_pong`, and how many managers it has started, whose processes write nothing of their own accord."""
    servers, begin = [], BaseManager.start

    def begin_counted(self, *arguments, **keywords):
        servers.append(begin(self, *arguments, **keywords))

    BaseManager.start = begin_counted
    texts = stage.submission.ping_pong(rounds)
    return [texts, len(servers)]


def play_with_one_late(stage, *, rounds, late):
    """`ping_pong`, where one process takes long to come up: until the others can do nothing more without it."""
    crowd, begin, numbers = stage.crowd("late", 2, 2), BaseProcess.start, itertools.count(1)

    def begin_late(self):
        run = self.run

        def run_late():
            crowd.attend()
            run()

        if next(numbers) == late:
            self.run = run_late
        begin(self)

    BaseProcess.start = begin_late
    return stage.submission.ping_pong(rounds)


class IsAt:
    """Whether the state is there."""

    def __init__(self, state, goal):
        self.state = state
        self.goal = goal

    def __call__(self):
        return self.state.value == self.goal


class FailsAt(IsAt):
    """Raises when the state is there."""

    def __call__(self):
        if super().__call__():
            raise Refusal(self.goal, "refused")
        return False


def change(condition, state, changes, how):
    """Set the state to each value after a pause, and tell those who wait."""
    for pause, value in changes:
        time.sleep(pause)
        with condition:
            state.value = value
            getattr(condition, how)()


def pass_through(condition, state, values):
    """Set the state to each value while holding the condition, so that nobody sees any but the last."""
    with condition:
        for value in values:
            state.value = value
        condition.notify_all()


def is_free(condition):
    """Whether nobody holds the condition; asked where it was never held."""
    free = condition.acquire(block=False)
    if free:
        condition.release()
    return free


def wait_alone(stage, *, kind, seconds, start, goal):
    """`wait_for` while nobody changes anything."""
    condition, state = KINDS[kind](), mp.Value("i", start, lock=False)
    predicate = IsAt(state, goal)
    stage.together(waiter=stage.call("wait_for", condition=condition, predicate=predicate, seconds=seconds))
    return is_free(condition)


def wait_for_changes(stage, *, kind, seconds, goal, changes):
    """`wait_for` while somebody changes the state and tells so."""
    condition, state = KINDS[kind](), mp.Value("i", 0, lock=False)
    waiter = stage.call("wait_for", condition, IsAt(state, goal), seconds)
    stage.together(waiter=waiter, changer=stage.partner(change, condition, state, changes, HOW[kind]))
    return is_free(condition)


def wait_for_what_is_hidden(stage, *, kind, seconds, goal, values):
    """`wait_for` while somebody holds the condition and changes the state more than once."""
    condition, state = KINDS[kind](), mp.Value("i", 0, lock=False)
    waiter = stage.call("wait_for", condition, IsAt(state, goal), seconds)
    stage.together(waiter=waiter, changer=stage.partner(pass_through, condition, state, values))
    return is_free(condition)


def wait_and_fail(stage, *, kind, start, goal, changes):
    """`wait_for` with a predicate that raises, at once or after a change."""
    condition, state = KINDS[kind](), mp.Value("i", start, lock=False)
    waiter = stage.call("wait_for", condition, FailsAt(state, goal), LONG)
    stage.together(waiter=waiter, changer=stage.partner(change, condition, state, changes, HOW[kind]))
    return is_free(condition)


def every_function(stage, *, rounds):
    """All functions, where all goes well and where it does not."""
    condition, state = mp.Condition(), mp.Value("i", 0, lock=False)
    for goal in (0, 1):
        stage.together(**{f"waiter_{goal}": stage.call("wait_for", condition, IsAt(state, goal), 0)})
    book = stage.notebook("steps")
    stage.submission.run_phases(Step(book, []), 2, 2)
    try:
        stage.submission.run_phases(Step(book, [], [[1, 0]]), 2, 2)
    except stage.submission.PhaseFailed:
        stage.submission.ping_pong(rounds)
