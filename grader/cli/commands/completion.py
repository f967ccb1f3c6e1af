"""`grade completion`: what a shell reads to complete our commands and the exercises' names."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from grader.cli.options import COMPLETION, global_options
from grader.errors import ExitCode

SHELLS = ("bash", "zsh", "fish")


@click.command("completion", short_help="Print what makes your shell complete commands and exercises.")
@click.argument("shell", type=click.Choice(SHELLS))
@global_options
@click.pass_context
def command(context: click.Context, shell: str) -> ExitCode:
    """Print a script for SHELL: `eval "$(grade completion bash)"`, in your ~/.bashrc or now.

    For fish: `grade completion fish | source`.
    """
    kind = get_completion_class(shell)
    assert kind is not None, "click has one for each of SHELLS"
    script = kind(context.find_root().command, {}, "grade", COMPLETION)
    click.echo(script.source_template % script.source_vars())
    return ExitCode.ACCEPTED
