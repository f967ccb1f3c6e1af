"""One check that did not pass, told so that its reader can act: what was seen, where, how it came, what to try."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from grader.model.attempt import CheckResult, Diagnosis, Outcome
from grader.model.exercise import Check, Exercise
from grader.model.message import Message, say, several
from grader.model.observation import Fallen, LeftBehind, Observation, Remainder
from grader.report.excerpt import Excerpt, cut_out
from grader.report.focus import focused
from grader.report.interleaving import NOTHING, ORDER, Interleaving, interleave
from grader.report.sanitise import Clean, Shortened, clean, clean_line, shorten
from grader.report.wording import outcome_word, points_text, reason_of
from grader.texts import translate, within

OUTPUT_LINES = 20
VALUE_LINES = 12
MOST_LEFT_BEHIND = 8
LONGEST_WAIT = 300
LABEL, COMPARES = "{what}: ", "{what}: expected"
NOT_AS_EXPECTED = say("not as expected")
BRIEF = 24  # characters of a value that nobody needs to see twice
LAST_LINES = 4  # of those where the steps of a failing order are, if nothing else is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One diagnosis, said."""

    code: Clean
    title: Clean
    sentence: Clean
    next_step: Clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What the program printed on one stream."""

    stream: str
    lines: Shortened


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A check that did not pass. `expected` and `actual` are None where nothing was compared."""

    anchor: str
    title: Clean
    goal: Clean
    functions: tuple[Clean, ...]
    outcome: Outcome
    word: str
    points: str
    max_points: str
    sentence: Clean
    expected: Shortened | None
    actual: Shortened | None
    conditions: Clean
    excerpt: Excerpt | None
    interleaving: Interleaving | None
    stuck: tuple[Clean, ...]
    fallen: tuple[Clean, ...]
    left_behind: tuple[Clean, ...]
    advice: tuple[Advice, ...]
    next_step: Clean
    outputs: tuple[Output, ...]
    again: Clean


def find(result: CheckResult, exercise: Exercise, source: str, language: str, *, seed: int) -> Finding:
    """Tell one result that is neither passed nor hidden; with `seed` it can be tried again."""
    number, check = _declared(result, exercise)
    told = _interleaving(result, language)
    marks = _marks(result, exercise, told, language)
    advice = tuple(_advice(diagnosis, language) for diagnosis in result.diagnoses)
    return Finding(
        anchor=f"check-{number}",
        title=clean(check.title.in_(language)),
        goal=clean(check.goal.in_(language)),
        functions=tuple(clean_line(function) for function in check.functions),
        outcome=result.outcome,
        word=translate(outcome_word(result.outcome), language),
        points=points_text(0),
        max_points=points_text(check.points),
        sentence=_said(_sentence(result), language),
        expected=None if _says_both(result) else _value(result.expected),
        actual=None if _says_both(result) else _value(result.actual),
        conditions=_conditions(result, language),
        excerpt=cut_out(source, exercise.file_name, marks) if marks else None,
        interleaving=told,
        stuck=_waits(result.observation, language),
        fallen=_fallen(result.observation, exercise, language),
        left_behind=_left_behind(result, language),
        advice=advice,
        next_step=_next_step(result, check, advice, language),
        outputs=_outputs(result.observation),
        again=_again(result, exercise, seed),
    )


def _declared(result: CheckResult, exercise: Exercise) -> tuple[int, Check]:
    return next((n, check) for n, check in enumerate(exercise.checks, start=1) if check.id == result.check)


def _said(message: Message | None, language: str) -> Clean:
    if message is None:
        return Clean("")
    lines = shorten(translate(message, language), lines=OUTPUT_LINES)
    return Clean("\n".join((*lines.head, *(["…"] if lines.omitted else []), *lines.tail)))


def _value(text: str | None) -> Shortened | None:
    return None if text is None else shorten(text, lines=VALUE_LINES)


def _says_both(result: CheckResult) -> bool:
    """Whether the sentence itself shows what was expected and what was seen, so briefly that once is enough."""
    values = [value for value in (result.expected, result.actual) if value is not None]
    said = [] if result.message is None else [str(value) for value in result.message.values.values()]
    return bool(values) and all(value in said and len(value) <= BRIEF for value in values)


def _sentence(result: CheckResult) -> Message | None:
    """Why it did not pass; values that are shown below, because they are long, need not be read twice."""
    message = reason_of(result)
    shows_both = result.expected is not None and result.actual is not None and not _says_both(result)
    if message is None or not shows_both or not message.template.startswith(COMPARES):
        return message
    named = {name: value for name, value in message.values.items() if name.partition("_")[0] == "what"}
    return Message(template=LABEL + NOT_AS_EXPECTED.template, values=named)


def _interleaving(result: CheckResult, language: str) -> Interleaving | None:
    """The failing order; where nothing can be seen in it that is wrong, its sentence says what came of it."""
    if result.witness is None:
        return None
    told = focused(interleave(result.witness, language))
    reason = reason_of(result)
    if told.sentence != translate(ORDER, language) or reason is None or _is_about_remainders(result):
        return told
    came = say("In this order it came to that: {reason}", **within("reason", reason))
    return replace(told, sentence=_said(came, language))


def _conditions(result: CheckResult, language: str) -> Clean:
    """Under which conditions it was seen, where that matters."""
    if result.explored is not None and result.witness is not None:
        return clean(
            translate(
                say("found in schedule {number}; it fails every time", number=result.explored.schedules), language
            )
        )
    if result.start_method:
        return clean(translate(say("seen under {method}", method=result.start_method), language))
    return Clean("")


def _marks(result: CheckResult, exercise: Exercise, told: Interleaving | None, language: str) -> Mapping[int, Clean]:
    sites = [site for diagnosis in result.diagnoses for site in diagnosis.sites] or list(result.sites)
    marks = {site.line: Clean("") for site in sites if site.file == exercise.file_name}
    if told is not None:
        marks |= _told_marks(told, language)
    if told is not None and not marks:
        lines = [turn.line for turn in told.turns if turn.line is not None]
        marks = {line: Clean("") for line in list(dict.fromkeys(reversed(lines)))[:LAST_LINES]}
    return marks


def _told_marks(told: Interleaving, language: str) -> dict[int, Clean]:
    marks: dict[int, Clean] = {}
    if told.lost is not None:
        lines = {turn.number: turn.line for turn in told.turns}
        read, written = lines.get(told.lost.read), lines.get(told.lost.overwritten_by)
        if read is not None and read == written:
            marks[read] = clean(translate("read and written here, in two steps", language))
        else:
            marks |= {read: clean(translate("the value is read here", language))} if read else {}
            marks |= (
                {written: clean(translate("and written here, when it is out of date", language))} if written else {}
            )
    waiting: dict[tuple[int, str], list[str]] = {}  # those that wait alike at a line are named together
    for wait in told.waits:
        if wait.line is not None:
            waiting.setdefault((wait.line, wait.text), []).append(told.lanes[wait.lane])
    for (line, text), workers in waiting.items():
        message = say("{worker}: {waits}", **several("worker", workers), waits=text)
        both = filter(None, (marks.get(line), translate(message, language)))
        marks[line] = clean(translate("; ", language).join(both))
    return marks


def _advice(diagnosis: Diagnosis, language: str) -> Advice:
    return Advice(
        code=clean_line(diagnosis.code, width=40),
        title=_said(diagnosis.title, language),
        sentence=_said(diagnosis.sentence, language),
        next_step=_said(diagnosis.next_step, language),
    )


def _next_step(result: CheckResult, check: Check, advice: tuple[Advice, ...], language: str) -> Clean:
    if not result.outcome.blames_student:
        return Clean("")
    from_advice = next((one.next_step for one in advice if one.next_step), Clean(""))
    return from_advice or clean(check.next_step.in_(language))


def _again(result: CheckResult, exercise: Exercise, seed: int) -> Clean:
    """The command that shows it once more: the same schedule, or else the same numbers."""
    if not result.outcome.blames_student:
        return NOTHING
    if result.witness:
        return clean_line(f"grade replay {exercise.id} {result.check}")
    return clean_line(f"grade run {exercise.id} --seed {seed}")


def _waits(seen: Observation | None, language: str) -> tuple[Clean, ...]:
    """Where each process waits, and last why nobody can end that."""
    if seen is None:
        return ()
    sentences = [waiting.sentence for waiting in seen.stuck] + ([seen.cause.sentence] if seen.cause else [])
    return tuple(clean_line(translate(sentence, language), width=LONGEST_WAIT) for sentence in sentences)


def _fallen(seen: Observation | None, exercise: Exercise, language: str) -> tuple[Clean, ...]:
    """Which processes and threads ended badly, and where."""
    messages = [_end_of(one, exercise.file_name) for one in (seen.fallen if seen else ())]
    return tuple(clean_line(translate(message, language), width=LONGEST_WAIT) for message in messages)


def _end_of(one: Fallen, file: str) -> Message:
    if one.error and one.line:
        return say("{who} ended with {error} ({place})", who=one.who, error=one.error, place=f"{file}:{one.line}")
    if one.error:
        return say("{who} ended with {error}", who=one.who, error=one.error)
    if one.code < 0:
        return say("{who} was killed by signal {signal}", who=one.who, signal=-one.code)
    return say("{who} ended with exit code {code}", who=one.who, code=one.code)


def _is_about_remainders(result: CheckResult) -> bool:
    """Whether the check failed over what was left behind, and its message names all of it."""
    named = result.message is not None and "names" in result.message.values
    return named and any(fact.startswith("left-") for fact in result.facts)


def _left_behind(result: CheckResult, language: str) -> tuple[Clean, ...]:
    if _is_about_remainders(result):
        return ()
    seen = result.left_behind or (result.observation.left_behind if result.observation else ())
    said = [clean_line(translate(_remainder(thing), language)) for thing in seen[:MOST_LEFT_BEHIND]]
    if len(seen) > MOST_LEFT_BEHIND:
        said.append(clean_line(translate(say("and {count} more", count=len(seen) - MOST_LEFT_BEHIND), language)))
    return tuple(said)


def _remainder(thing: LeftBehind) -> Message:
    match thing.kind:
        case Remainder.PROCESS:
            return say("a process that still runs: {name}", name=thing.name)
        case Remainder.ZOMBIE:
            return say("a process that ended and was never joined: {name}", name=thing.name)
        case Remainder.SHARED_MEMORY:
            return say("shared memory that was never unlinked: {name}", name=thing.name)
        case Remainder.FIFO:
            return say("a FIFO that was never removed: {name}", name=thing.name)
        case Remainder.THREAD:
            return say("a thread that still runs: {name}", name=thing.name)
        case Remainder.FILE:
            return say("a file: {name}", name=thing.name)


def _outputs(observation: Observation | None) -> tuple[Output, ...]:
    if observation is None:
        return ()
    streams = (("stdout", observation.stdout), ("stderr", observation.stderr))
    return tuple(Output(stream=name, lines=shorten(text, lines=OUTPUT_LINES)) for name, text in streams if text.strip())
