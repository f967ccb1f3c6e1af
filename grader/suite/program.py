"""The student's program as a suite sees it: calls and scenarios, each in a fresh process beyond the wall."""

from __future__ import annotations

import os
import random
import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from grader.errors import CourseError, GraderFault
from grader.inside.vocabulary import Op
from grader.model.exercise import Limits, StartMethod
from grader.model.message import say
from grader.model.observation import Observation, Stop
from grader.model.plan import Plan
from grader.observe.fallen import without_meant
from grader.observe.waitloops import loops_of
from grader.schedule.coordinator import Coordinator
from grader.suite.boxes import Boxes
from grader.suite.conversation import Conversation
from grader.suite.episodes import Answer, Episode, Subject, Workers
from grader.suite.places import Place
from grader.suite.plain import encode
from grader.suite.records import SCENARIOS, Line, Record

TEXT_BYTES = 20_000
MOURNING = 5.0  # seconds at most for a run whose processes are killed at their birth
Scenario = Callable[..., Any]


class Program:
    """Runs calls and scenarios of one check; what is drawn depends on the seed and on this check alone."""

    def __init__(self, plan: Plan, boxes: Boxes, place: Place | None = None) -> None:
        self.plan = plan
        self.boxes = boxes
        self.place = place or Place()
        self.subject = Subject(file=plan.exercise.file_name, functions=plan.exercise.functions)
        self.episodes: list[Episode] = []
        self._drawn = random.Random(f"{plan.seed} {self.place.check}")

    def call(self, function: str, /, *args: Any, start_method: str | None = None, **kwargs: Any) -> Answer:
        """One call of a contract function with plain data."""
        episode = self.run(self._request(function, args, kwargs, start_method, scenario=False), kwargs)
        return self.noted(episode).main

    def play(self, scenario: Scenario, /, *, start_method: str | None = None, **given: Any) -> Episode:
        """One free run of a scenario."""
        return self.noted(self.run(self._staged(scenario, given, start_method), given))

    def everywhere(self, scenario: Scenario, /, **given: Any) -> Iterator[Episode]:
        """One free run per start method, side by side; see `methods_everywhere`."""
        for episode in self.begin_everywhere(scenario, given, self.methods_everywhere()):
            yield self.noted(episode)

    def begin_everywhere(
        self, scenario: Scenario, given: Mapping[str, Any], methods: Sequence[str]
    ) -> Iterator[Episode]:
        """The same, begun at once, for somebody who has something else to do meanwhile; `noted` has to see each."""
        requests = [self._staged(scenario, given, method) for method in methods]
        return self.boxes.side_by_side.map(lambda request: self.run(request, given), requests)

    @property
    def printed(self) -> str:
        """What the first run of all checks until now printed that printed anything.

        Who prints only where something fails is met in other checks than the one about printing.
        """
        return self.place.printed_in_all()

    @property
    def methods(self) -> tuple[str, ...]:
        """All start methods of the exercise."""
        return tuple(method.value for method in self.plan.start_methods)

    def methods_everywhere(self) -> tuple[str, ...]:
        """All, until each function of the check was seen under all; then without spawn, if there is the fork server.

        To a program both are a fresh interpreter that imports it anew; a process costs three times as much under spawn.
        """
        return self.methods if self.place.shows_new_functions() else self._but(StartMethod.SPAWN)

    def methods_beside(self) -> tuple[str, ...]:
        """Likewise, for free runs beside an exploration: that one forks, so later one fresh interpreter will do."""
        return self.methods if self.place.shows_new_functions() else self._but(StartMethod.SPAWN, StartMethod.FORK)

    def _but(self, *costly: StartMethod) -> tuple[str, ...]:
        """All methods but those; spawn stays where nothing else gives a fresh interpreter, and never is none left."""
        kept = StartMethod.SPAWN if StartMethod.FORKSERVER not in self.methods else StartMethod.FORKSERVER
        return tuple(method for method in self.methods if method not in costly or method == kept) or self.methods

    def bereaved(self, scenario: Scenario, /, *, deaths: int = 1, **given: Any) -> Episode:
        """One free run in which the first processes that the program brings up are killed at their birth.

        A result that does not care was not computed by those processes. Nothing of this run counts against the program,
        so it gets less time than others: who polls for what the dead should have done would use up all of it.
        """
        request = self._staged(scenario, given, None)
        limits = self.plan.exercise.limits
        return self.run({**request, "bereave": deaths}, given, limits=replace(limits, wall=min(limits.wall, MOURNING)))

    def draw(self, low: int, high: int) -> int:
        """A number drawn from the attempt's seed, between `low` and `high`, both included."""
        return self._drawn.randint(low, high)

    def import_only(self) -> Episode:
        """Import the submission and nothing else."""
        return self.run(self._request("", (), {}, None, scenario=False), {})

    def explored(self, scenario: Scenario, given: Mapping[str, Any], coordinator: Coordinator) -> Episode:
        """One episode under the coordinator's turns, under fork."""
        coordinator.only_waits = self._only_waits
        request = self._staged(scenario, given, "fork")
        return self.run({**request, "gated": True}, given, coordinator)

    def _only_waits(self, lines: Collection[int | None]) -> bool:
        """Whether these lines of the submission are all of one loop that only waits."""
        known = loops_of(self.plan.submission.source.decode("utf-8", "replace"))
        loops = {known.waiting_at(line) if line else None for line in lines}
        return len(loops) == 1 and None not in loops

    def run(
        self,
        request: dict[str, Any],
        given: Mapping[str, Any],
        coordinator: Coordinator | None = None,
        *,
        limits: Limits | None = None,
    ) -> Episode:
        """Hold one conversation and make an episode of it; without `limits`, those of the exercise hold.

        Raises GraderFault when our own part of it failed before a line of the submission could run.
        """
        with self.boxes.borrow() as box:
            record = Conversation(box, request, limits or self.plan.exercise.limits, coordinator).run()
        if record.ended_unprepared:
            raise GraderFault(say("our own part of a call failed in its box ({reason})", reason=record.last_words()))
        return self._episode(record, request, given)

    def noted(self, episode: Episode) -> Episode:
        """Count a free run among those of the running check; ends the check if it came to no answer."""
        self.note(episode)
        episode.check()
        return episode

    def note(self, episode: Episode) -> None:
        """Count an explored episode among those of the running check."""
        self.episodes.append(episode)
        self.place.prints(episode.observation.stdout)

    def _staged(self, scenario: Scenario, given: Mapping[str, Any], method: str | None) -> dict[str, Any]:
        """The request for a scenario; its module names in END_BADLY those whose own jobs end badly on purpose."""
        ends_badly = scenario.__name__ in getattr(scenario, "__globals__", {}).get("END_BADLY", ())
        return {**self._request(scenario.__name__, (), given, method, scenario=True), "ends_badly": ends_badly}

    def _request(
        self, function: str, args: tuple[Any, ...], kwargs: Mapping[str, Any], method: str | None, *, scenario: bool
    ) -> dict[str, Any]:
        try:
            arguments, keywords = encode(list(args)), encode(dict(kwargs))
        except TypeError as error:
            raise CourseError(
                say("{function}: {reason}", function=function, reason=str(error)),
                hint=say("make such values inside the scenario"),
            ) from error
        return {
            "do": "call",
            "call": secrets.token_hex(5),
            "module": self.plan.exercise.id,
            "function": function,
            "args": arguments,
            "kwargs": keywords,
            "start_method": method or self.plan.start_methods[0].value,
            "scenario": scenario,
            # A process that nobody may look into cannot be proved stuck by an ordinary user either (proc(5), dumpable).
            "clean": scenario and os.geteuid() == 0,
            "gated": False,
            "bereave": 0,
        }

    def _episode(self, record: Record, request: Mapping[str, Any], given: Mapping[str, Any]) -> Episode:
        coordinator = record.coordinator
        observation = _observation(record)
        main = self._answer("", record.line, observation.exit_code, coordinator)
        workers = Workers(
            (name, self._answer(name, line, record.exits.get(name), coordinator))
            for name, line in sorted(record.workers.items(), key=lambda item: item[1].place)
        )
        return Episode(
            given=dict(given),
            explored=coordinator is not None,
            start_method=request["start_method"],
            main=main,
            workers=workers,
            shared=dict(record.shared),
            met=Counter({name: place.most for name, place in record.meetings.items()}),
            tickets=defaultdict(dict, {name: place.tickets for name, place in record.meetings.items()}),
            notes=defaultdict(list, record.notes),
            processes=observation.processes_seen,
            observation=observation,
            witness=coordinator.witness if coordinator else None,
        )

    def _answer(self, name: str, line: Line, exit_code: int | None, coordinator: Coordinator | None) -> Answer:
        seconds = line.seconds or 0.0
        if coordinator:
            span = coordinator.spans.get(name or "main", [])
            seconds = span[1] - span[0] if len(span) == len((Op.BEGIN, Op.END)) else coordinator.time
        return Answer(name=name, frame=line.answer, seconds=seconds, exit_code=exit_code, subject=self.subject)


def _observation(record: Record) -> Observation:
    status = record.status
    exit_code = None
    if status is not None and record.stop is not Stop.ANSWERED:
        exit_code = -(status & 0x7F) if status & 0x7F else status >> 8
    text = {name: bytes(data[:TEXT_BYTES]).decode("utf-8", "replace") for name, data in record.output.items()}
    if record.ends_badly:
        text["stderr"] = without_meant(text["stderr"], SCENARIOS)
    return Observation(
        stop=record.stop or Stop.EXITED,
        exit_code=exit_code,
        wall=record.wall,
        processes_seen=len(record.births - {record.line.pid, 0}),
        left_behind=record.left_behind,
        stdout=text["stdout"],
        stderr=text["stderr"],
        stuck=record.stuck,
        cause=record.cause,
        proved_after=record.proved_after,
        fallen=record.fallen,
        note=record.note,
    )
