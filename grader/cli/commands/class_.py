"""`grade class`: the page about a class, from what was graded before."""

from __future__ import annotations

import json

import click

from grader.cli.book import gradebook_at, read_book
from grader.cli.class_report import write_class_page
from grader.cli.class_result import tell_timeless
from grader.cli.classes import needs_human_rows, told_needs
from grader.cli.handed_back import bring_up_to_date, write_table
from grader.cli.options import global_options, settings_of
from grader.errors import ExitCode
from grader.texts import speaker

SCHEMA = "ipc-grader/class/1"


@click.command("class", short_help="Write the page about a class.")
@click.argument("where", metavar="RUN", default="grades")
@click.option("--anonymise", is_flag=True, help="No names: a page that may be shown to the class.")
@click.option("--similarity", is_flag=True, help="List files that are alike: evidence to look at, no verdict.")
@click.option("--open", "show", is_flag=True, help="Open the page in a browser.")
@global_options
@click.pass_context
def command(context: click.Context, where: str, *, anonymise: bool, similarity: bool, show: bool) -> ExitCode:
    """Write the page about the class of RUN (`grades`; `grades@2` is the state after its second run), and grades.csv.

    Nothing is graded: late days, deadlines and points set by hand are taken as they stand now.
    """
    settings = settings_of(context)
    _ = speaker(settings.language)
    with gradebook_at(where) as (store, folder, run):
        book = read_book(store, folder, run, settings)
        bring_up_to_date(book, store, settings)
        page = write_class_page(book, store, settings, anonymise=anonymise, similarity=similarity)
    table = write_table(book)
    if settings.json:
        needs = needs_human_rows(book.needs_human)
        made = {"schema": SCHEMA, "page": str(page), "grades": str(table), "run": run.id, "needs_human": needs}
        click.echo(json.dumps(made, indent=2))
    else:
        for line in told_needs(book.needs_human, settings.language):
            click.echo(line)
        tell_timeless(book, settings)
        click.echo(_("Grades: {path}", path=str(table)))
        click.echo(_("The class: {path}", path=str(page)))
    if show:
        click.launch(page.absolute().as_uri())
    return ExitCode.ACCEPTED
