"""`grade ci`: the exercises that a pull request changed, graded, told to the platform in its own forms."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict, Unpack

import click

from grader.cli.choose import all_exercises, check_titles
from grader.cli.commands.run import EXIT_CODES, LEVEL
from grader.cli.handed_back import write_whole
from grader.cli.options import Settings, global_options, settings_of
from grader.cli.platform import Found, OneGraded, grade_found, look, tell
from grader.cli.workflows import PLACES, comment_from, next_steps, write_workflows
from grader.course.changed import Changed, changed_files
from grader.errors import ExitCode, UsageError
from grader.model.attempt import Verdict
from grader.model.message import Message, say
from grader.model.observation import Level
from grader.report.comment import Reader
from grader.report.github import marks, summary
from grader.report.junit import junit
from grader.report.platforms import classroom50, code_quality
from grader.report.sanitise import clean_line
from grader.report.wording import isolation_sentence
from grader.sandbox.detect import detect
from grader.texts import translate

SCHEMA = "ipc-grader/ci/1"
OUT = Path(".grade")
PLATFORMS = {"github": "GITHUB_ACTIONS", "gitlab": "GITLAB_CI"}
STUDENTS = (Verdict.UNGRADABLE, Verdict.REJECTED, Verdict.PARTIAL)
WORST = (Verdict.NOT_GRADED, Verdict.INCONCLUSIVE, *STUDENTS)


class Wishes(TypedDict):
    """The options of `grade ci`."""

    base: str | None
    head: str | None
    everything: bool
    platform: str
    out: Path
    exit_zero: bool
    require_isolation: str | None
    seed: int | None
    write: str | None
    comment: Path | None
    previous: Path | None
    link: str | None


@click.command("ci", short_help="Grade what a pull request changed.")
@click.option("--base", metavar="REV", help="Compare with this revision instead of what the platform says.")
@click.option("--head", metavar="REV", help="The revision that is compared (HEAD).")
@click.option("--all", "everything", is_flag=True, help="Grade every exercise of which there is a file.")
@click.option(
    "--platform", type=click.Choice(["auto", "github", "gitlab", "plain"]), default="auto", help="Whose forms."
)
@click.option("--out", type=click.Path(path_type=Path), default=OUT, help="Folder of the results (.grade).")
@click.option("--exit-zero", is_flag=True, help="End with 0 also when something is not accepted.")
@click.option("--require-isolation", type=LEVEL, help="Refuse to grade with weaker isolation.")
@click.option("--seed", type=click.IntRange(min=0), help="Draw the same numbers as another run.")
@click.option("--write", type=click.Choice([*PLACES]), help="Write workflows to begin with, and grade nothing.")
@click.option("--comment", type=click.Path(path_type=Path), metavar="FILE", help="Print a comment on this result.json.")
@click.option("--previous", type=click.Path(path_type=Path), metavar="FILE", help="The comment as it stands now.")
@click.option("--link", metavar="URL", help="Where the comment leads: the run, with the report.")
@global_options
@click.pass_context
def command(context: click.Context, /, **wishes: Unpack[Wishes]) -> ExitCode:
    """Grade the files of this repository that a pull request changed, with the suites that are installed here.

    Suites, settings and workflows of the pull request itself are never used.
    """
    settings = settings_of(context)
    if wishes["write"]:
        for path in write_workflows(wishes["write"], Path(), settings.language):
            click.echo(str(path))
        for said in next_steps(wishes["write"], Path()):
            click.echo(translate(said, settings.language), err=True)
        return ExitCode.ACCEPTED
    if wishes["comment"]:
        titles = {place: title.in_(settings.language) for place, title in check_titles(settings).items()}
        reader = Reader(language=settings.language, titles=titles, link=wishes["link"] or "")
        click.echo(comment_from(wishes["comment"], wishes["previous"], reader), nl=False)
        return ExitCode.ACCEPTED
    return _grade(settings, wishes)


def _grade(settings: Settings, wishes: Wishes) -> ExitCode:
    isolation = detect(Level(wishes["require_isolation"] or Level.NONE))
    changed = _changed(wishes)
    found = look(Path(), all_exercises(settings), changed.paths)
    notes = [isolation_sentence(isolation), changed.how, *_not_as_committed(found, changed, wishes["head"])]
    notes += _left_aside(found, everything=changed.paths is None)
    if not found:
        waiting = look(Path(), all_exercises(settings), sorted(changed.differing))
        notes += [
            say("{path} has changes that are not committed: commit them first", path=clean_line(one.path))
            for one in waiting
        ]
    outcomes = grade_found([one for one in found if one.is_there], settings, seed=wishes["seed"])
    _write(outcomes, notes, settings, wishes)
    verdicts = {one.graded.view.verdict for one in outcomes}
    worst = next((verdict for verdict in WORST if verdict in verdicts), Verdict.ACCEPTED)
    return ExitCode.ACCEPTED if wishes["exit_zero"] and worst in STUDENTS else EXIT_CODES[worst]


def _changed(wishes: Wishes) -> Changed:
    if wishes["everything"]:
        return Changed(paths=None, how=say("everything is graded, as asked for"))
    return changed_files(Path(), os.environ, base=wishes["base"], head=wishes["head"])


def _not_as_committed(found: Sequence[Found], changed: Changed, head: str | None) -> list[Message]:
    """What is graded lies in the folder; raises UsageError where that is not what a named revision has."""
    paths = [clean_line(one.path) for one in found if one.path in changed.differing]
    if paths and head is not None:
        raise UsageError(
            say("{path} in this folder is not the one of {head}", path=paths[0], head=head),
            hint=say("check that revision out first: git switch --detach {head}", head=head),
        )
    return [say("{path} is graded as it lies here: it has changes that are not committed", path=path) for path in paths]


def _left_aside(found: Sequence[Found], *, everything: bool) -> list[Message]:
    if not found and everything:
        return [say("there is no file of an exercise here: nothing is graded")]
    if not found:
        return [say("no exercise was changed: nothing is graded")]
    return [
        say("{path} is not there any more: it is not graded", path=clean_line(one.path))
        for one in found
        if not one.is_there
    ]


def _write(outcomes: Sequence[OneGraded], notes: Sequence[Message], settings: Settings, wishes: Wishes) -> None:
    graded = [one.graded for one in outcomes]
    found = marks(graded)
    out, language = wishes["out"], settings.language
    told = {
        "schema": SCHEMA,
        "notes": [translate(note, language) for note in notes],  # for people: a comment shows them as they stand
        "attempts": [{**one.document, "path": one.graded.path} for one in outcomes],
    }
    write_whole(out / "result.json", json.dumps(told, indent=2).encode("ascii"))
    write_whole(out / "junit.xml", junit(graded))
    write_whole(out / "codequality.json", json.dumps(code_quality(found)).encode("ascii"))
    now = dt.datetime.now(dt.UTC)
    write_whole(out / "classroom50" / "result.json", json.dumps(classroom50(graded, os.environ, now)).encode("ascii"))
    write_whole(out / "summary.md", summary(graded, notes, language).encode())
    for one in outcomes:
        write_whole(out / "reports" / Path(one.graded.path).with_suffix(".html"), one.page)
    # Each file's own text begins with the isolation.
    tell(graded, found, notes[1:] if graded else notes, (_platform(wishes["platform"]), settings, out))
    if settings.json:
        click.echo(json.dumps(told, indent=2))


def _platform(wish: str) -> str:
    if wish != "auto":
        return wish
    return next((name for name, variable in PLATFORMS.items() if os.environ.get(variable) == "true"), "plain")
