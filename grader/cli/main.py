"""Turns a command line into one command, and whatever becomes of it into an exit code."""

from __future__ import annotations

import importlib
import json
import keyword
import os
import select
import signal
import sys
import traceback
from types import FrameType
from typing import NoReturn

import click
from click.shell_completion import CompletionItem

from grader import __version__
from grader.cli.complain import complain
from grader.cli.help_page import language_of, localise
from grader.cli.options import COMPLETION, global_options_of_group
from grader.errors import ExitCode, GraderError, GraderFault
from grader.model.message import say
from grader.texts import translate, unknown_language

HELP = ["-h", "--help"]
# Every command is a module of that name in `cli/commands`, imported when it is called: `grade --help` imports none.
COMMANDS = {
    "run": "Grade your file: `grade ex03` is `grade run ex03`.",
    "watch": "Grade again at every save.",
    "init": "Put the stubs and texts of all exercises into a folder.",
    "list": "List the exercises with your last verdicts.",
    "hint": "Show a hint, a stronger one each time.",
    "explain": "Explain a diagnosis, like `lost-update`.",
    "replay": "Execute the schedule that failed again, step by step.",
    "report": "Show the page of your last attempt: `grade report --open`.",
    "reset": "Start an exercise afresh; your file is kept beside it.",
    "batch": "Grade the submissions of a class.",
    "inbox": "Look through the submissions of a class, without grading.",
    "class": "Write the page about a class.",
    "compare": "Show whose grade differs between two runs.",
    "adjust": "Set a student's points by hand.",
    "export": "Write grades as Canvas, Moodle, Gradescope or JUnit read them.",
    "gradescope": "Grade a submission in Gradescope's container.",
    "ci": "Grade what a pull request changed.",
    "doctor": "Look at this machine: isolation, start methods, limits.",
    "verify": "For authors: try the suites on all solutions.",
    "lint": "For authors: look for what is missing in a course.",
    "new": "For authors: begin a new exercise.",
    "handout": "For authors: write what students get of a course.",
    "completion": "Print what makes your shell complete commands and exercises.",
    "schema": "Print the JSON Schema of a document that other tools read.",
}

EXAMPLES = "Examples:  grade init work   ·   cd work && grade ex03   ·   grade hint ex03"


class Front(click.Group):
    """The group that imports a command only when it is called, and reads `grade ex03` as `grade run ex03`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click calls it so)
        """All commands in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now, its help in the reader's language."""
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        command = importlib.import_module(f"grader.cli.commands.{module}").command
        assert isinstance(command, click.Command)
        # Click keeps the option once it was asked for: it must not depend on who asked first.
        command.context_settings.setdefault("help_option_names", HELP)
        localise(command, _language(ctx), ctx)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """What is no command is the name of an exercise; `run` answers if it is none of these either."""
        return super().resolve_command(ctx, args if args[0] in COMMANDS else ["run", *args])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands, options, and exercises, since `grade ex03` is a command line, too."""
        from grader.cli.choose import completed

        items = [CompletionItem(name, help=line) for name, line in COMMANDS.items() if name.startswith(incomplete)]
        options = [item for item in super().shell_complete(ctx, incomplete) if item.value.startswith("-")]
        return [*items, *completed(ctx, None, incomplete), *options]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of commands, from their one-line help."""
        language = _language(ctx)
        with formatter.section(translate("Commands", language)):
            formatter.write_dl([(name, translate(line, language)) for name, line in COMMANDS.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples."""
        formatter.write_paragraph()
        formatter.write_text(translate(EXAMPLES, _language(ctx)))


@click.group(
    "grade",
    cls=Front,
    invoke_without_command=True,
    context_settings={"help_option_names": HELP},
)
@global_options_of_group
@click.version_option(
    __version__, "-V", "--version", prog_name="grade", message="%(prog)s %(version)s", help="Show the version."
)
@click.pass_context
def front(context: click.Context) -> object:
    """Grade exercises on processes and the ways they talk. Without a command: the next exercise you have not solved."""
    if context.invoked_subcommand is None:
        command = front.get_command(context, "run")
        assert command is not None
        return command.main([], prog_name="grade run", standalone_mode=False, parent=context)
    return None


def main() -> NoReturn:
    """The entry point `grade`."""
    for stream in (sys.stdout, sys.stderr):
        # A console that has no Chinese shows `?` in its place; it is no reason to stop.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a TextIOWrapper, unless somebody replaced it
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    sys.exit(answer(sys.argv[1:]))


def answer(arguments: list[str]) -> int:
    """Obey one command line; the only place where errors are told and become exit codes."""
    language = language_of(arguments, os.environ)
    wishes: dict[str, object] = {"help": language}
    localise(front, language)
    _tell_unknown_language(arguments, language)
    try:
        code = front.main(arguments, prog_name="grade", obj=wishes, standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        click.echo(f"grade: {translate('interrupted', language)}", err=True)
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        from grader.cli.refusals import refused

        return _tell(refused(error), wishes, arguments)
    except GraderError as error:
        return _tell(error, wishes, arguments)
    except Exception as error:  # noqa: BLE001  (the last door: whatever comes here is our fault)
        if isinstance(error, BrokenPipeError) and _reader_left():
            return 128 + signal.SIGPIPE
        traceback.print_exc()
        what = say("the grader itself failed: {error}", error=f"{type(error).__name__}: {error}")
        fault = GraderFault(what, hint=say("please report this"))
        return _tell(fault, wishes, arguments)
    return int(code or 0)


def _tell(error: GraderError, wishes: dict[str, object], arguments: list[str]) -> int:
    complain(error, language_of(arguments, os.environ))
    if wishes.get("json") or "--json" in arguments:
        from grader.report.attempt_json import error_document

        click.echo(json.dumps(error_document(error), indent=2))
    return int(error.exit_code)


def _tell_unknown_language(arguments: list[str], language: str) -> None:
    """Say that $GRADE_LANG is obeyed by nobody, unless --lang is there, or a shell that completes reads along."""
    wish = unknown_language(os.environ)
    if wish is None or COMPLETION in os.environ or any(word.startswith("--lang") for word in arguments):
        return
    told = say("$GRADE_LANG is {language}: there are no texts in it, only in en and zh", language=repr(wish))
    click.echo(f"grade: {translate(told, language)}", err=True)


def _language(context: click.Context) -> str:
    """Of the help pages."""
    wishes = context.find_root().obj or {}
    return str(wishes.get("help", "en"))


def _reader_left() -> bool:
    """Whether nobody reads our stdout any more, as in `grade list | head`; if so, Python shall not complain at exit."""
    poll = select.poll()
    poll.register(sys.stdout.fileno(), 0)
    left = any(event & select.POLLERR for _, event in poll.poll(0))
    if left:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return left


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    """End as after Ctrl-C, through every `finally`: no process and no half-written file stays."""
    raise SystemExit(128 + number)
