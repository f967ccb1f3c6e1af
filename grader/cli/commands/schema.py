"""`grade schema`: the JSON Schema of a document that other tools read."""

from __future__ import annotations

import json

import click

from grader.cli.options import global_options
from grader.documents import DOCUMENTS, schema_of
from grader.errors import ExitCode


@click.command("schema", short_help="Print the JSON Schema of a document.")
@click.argument("document", type=click.Choice(sorted(DOCUMENTS)), default="attempt")
@global_options
def command(document: str) -> ExitCode:
    """Print the JSON Schema (2020-12) of DOCUMENT: attempt (the default), error, batch, ci, grade or compare."""
    click.echo(json.dumps(schema_of(document), indent=2))
    return ExitCode.ACCEPTED
