"""The command line. It reads like the documentation: init, check, profile, run, residence, explain, feedback, methodology, sql, secret,
clean."""

import sys
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from sojourn.errors import Problem, SojournError, problem
from sojourn.messages import say

if TYPE_CHECKING:
    from sojourn.run.profiling import Profile
    from sojourn.run.progress import Forecast

app = App(name="sojourn", help=say("cli.help"), version=version("sojourn"), version_flags=["--version"])
out = Console(highlight=False, markup=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)

Folder = Annotated[Path, Parameter(help=say("cli.folder"))]
PeriodText = Annotated[str | None, Parameter(help=say("cli.period"))]
FileKind = Literal["csv", "parquet", "excel", "spss", "stata", "sas", "fixed"]
Year = Annotated[int | None, Parameter(help=say("cli.year"))]


@app.command(help=say("cli.init"))
def init(
    folder: Folder,
    *,
    profile: Annotated[Literal["border", "register", "field", "combined"], Parameter(help=say("cli.profile"))] = "combined",
) -> None:
    from sojourn.run.init import init as make

    made = make(folder, profile)
    out.print(say("cli.init_done", folder=made, profile=profile))


@app.command(help=say("cli.secret"))
def secret(folder: Folder) -> None:
    from sojourn.run.init import secret_file
    from sojourn.run.secret import make_secret

    path = secret_file(folder)
    make_secret(path)
    out.print(say("cli.secret_done", file=path))


@app.command(help=say("cli.check"))
def check(folder: Folder) -> None:
    from sojourn.run.check import check as look

    found = look(folder)
    for each in found:
        show(each)
    stopping = [each for each in found if not each.warning]
    if stopping:
        err.print(say("cli.check_failed", problems=len(stopping)))
        sys.exit(1)
    out.print(say("cli.check_done", folder=folder, warnings=len(found)))


@app.command(help=say("cli.run"))
def run(
    folder: Folder,
    *,
    period: PeriodText = None,
    year: Year = None,
    purpose: Annotated[str | None, Parameter(help=say("cli.purpose"))] = None,
    sample: Annotated[str | None, Parameter(help=say("cli.sample"))] = None,
) -> None:
    from sojourn.run.execute import run as produce

    with progress_bar() as bar:
        done = produce(folder, _period(period, year), advance(bar), purpose=purpose, sample=sample)
    if sample:
        out.print(say("cli.sample_only", share=sample), style="bold")
    show_headline(done.headline)
    hidden = sum("not_shown" in row["flag"] for row in done.headline)
    if hidden:
        out.print(say("cli.hidden", hidden=hidden, threshold=done.threshold))
    show_compared(done.compared)
    if done.forecast:
        show_forecast(done.forecast)
    out.print(say("cli.run_done", report=done.report))


@app.command(help=say("cli.explain"))
def explain(
    folder: Folder,
    *,
    person: Annotated[str, Parameter(help=say("cli.person"))],
    on: Annotated[str, Parameter(help=say("cli.on"))],
) -> None:
    from sojourn.trace.explain import explain as tell

    out.print(tell(folder, person, _date(on)))


@app.command(help=say("cli.methodology"))
def methodology(folder: Folder) -> None:
    from sojourn.definitions.load import load_country
    from sojourn.run.methodology import methodology as prose

    for title, text in prose(load_country(folder)):
        out.print(f"## {title}\n\n{text}\n")


@app.command(help=say("cli.sql"))
def sql(folder: Folder, table: Annotated[str, Parameter(help=say("cli.table"))], *, period: PeriodText = None) -> None:
    from sojourn.run.queries import query_of

    out.print(query_of(folder, table, period))


@app.command(help=say("cli.feedback"))
def feedback(folder: Folder, *, source: Annotated[str, Parameter(help=say("cli.source"))]) -> None:
    from sojourn.run.feedback import feedback as tell

    with progress_bar() as bar:
        done = tell(folder, source, advance(bar))
    out.print(say("cli.feedback_done", faults=done.faults, records=done.records, folder=done.folder))


@app.command(help=say("profile.help"))
def profile(
    file: Annotated[Path, Parameter(help=say("profile.file"))],
    *,
    out_folder: Annotated[Path, Parameter(name="--out", help=say("profile.out"))] = Path("."),
    sheet: Annotated[str | None, Parameter(help=say("profile.sheet"))] = None,
    kind: Annotated[FileKind | None, Parameter(name="--format", help=say("profile.format"))] = None,
    layout: Annotated[Path | None, Parameter(help=say("profile.layout"))] = None,
    header_row: Annotated[int | None, Parameter(help=say("profile.header_row"))] = None,
) -> None:
    from sojourn.run.profiling import profile as describe

    with progress_bar() as bar:
        found = describe(file, out_folder, kind=kind, sheet=sheet, layout=layout, header_row=header_row, progress=advance(bar))
    show_profile(found)


@app.command(help=say("direct.help"))
def residence(
    events: Annotated[Path, Parameter(help=say("direct.events"))],
    *,
    rule: Annotated[str, Parameter(help=say("direct.rule"))],
    out_file: Annotated[Path, Parameter(name="--out", help=say("direct.out"))],
    initial: Annotated[Path | None, Parameter(help=say("direct.initial"))] = None,
    data_start: Annotated[str | None, Parameter(help=say("direct.data_start"))] = None,
    data_end: Annotated[str | None, Parameter(help=say("direct.data_end"))] = None,
    as_of: Annotated[str | None, Parameter(help=say("direct.as_of"))] = None,
    missing: Annotated[str, Parameter(help=say("direct.missing"))] = "reject",
    compatible: Annotated[str | None, Parameter(help=say("direct.compatible"))] = None,
) -> None:
    from sojourn.run.direct import residence as decide

    options = {"initial": initial, "data_start": data_start, "data_end": data_end, "as_of": as_of}
    try:
        with progress_bar() as bar:
            done = decide(events, rule, out_file, **options, missing=missing, compatible=compatible, progress=advance(bar))
    except SojournError as error:
        for each in error.problems:
            show(each)
        sys.exit(2)
    issues = ", ".join(f"{reason} {count}" for reason, count in done.issues.items()) or say("direct.no_issues")
    out.print(say("direct.done", out=done.out, rows=done.rows, issues=issues, issues_file=done.issues_file))


@app.command(help=say("cli.clean"))
def clean(folder: Folder) -> None:
    from sojourn.run.work import clean as remove

    out.print(say("cli.clean_done", folders=remove(folder)))


def _period(period: str | None, year: int | None) -> str | None:
    if period and year is not None:
        raise SojournError(problem("cli.period_twice"))
    return period or (str(year) if year is not None else None)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SojournError(problem("cli.date_form", text=text)) from None


def progress_bar() -> Progress:
    """A bar on the terminal; silent where the output is not one."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=err, transient=True, disable=not err.is_terminal)


def advance(bar: Progress):
    """The callback that a run calls at every step."""
    task = bar.add_task("", total=None)

    def step(name: str, place: int, count: int) -> None:
        words = say("cli.step", step=name) if name else say("cli.writing")
        bar.update(task, description=words, completed=place, total=count)

    return step


def show_headline(rows: list[dict[str, str]]) -> None:
    """The headline figures, as in the report, in columns as wide as their words."""
    from sojourn.run.headline import headline_rows

    found = headline_rows(rows)
    widths = [max((len(row[column]) for _, lines in found for row in lines), default=0) for column in range(5)]
    out.print(say("report.stamp"), style="bold red")
    for title, lines in found:
        out.print(f"\n{title}", style="bold")
        for measure, period, value, unit, notes in lines:
            out.print(
                f"  {measure:<{widths[0]}}  {period:<{widths[1]}}  {value:>{widths[2]}} {unit:<{widths[3]}}  {notes}".rstrip()
            )
    out.print()


def show_profile(found: "Profile") -> None:
    """What was found in an unknown file: warnings, the table of its columns, its keys, what was written."""
    from sojourn.run.profiling import told

    for each in found.table.torn:
        show(Problem(each.code, each.file, each.line, each.fields, warning=True))
    for line in told.file_lines(found):
        out.print(line)
    columns = Table(*(Column(each, overflow="fold") for each in told.heads()), box=SIMPLE)
    for row in told.rows(found):
        columns.add_row(*row)
    out.print(columns)
    for line in told.key_lines(found):
        out.print(line)


def show_compared(counts: Mapping[str, int]) -> None:
    """How many published figures differ by more than stated, and how many could not be compared."""
    compared = counts.get("within", 0) + counts.get("breach", 0)
    alone = counts.get("published_only", 0)
    if compared:
        out.print(say("compare.told", breaches=counts.get("breach", 0), compared=compared))
    if alone or counts.get("hidden"):
        out.print(say("compare.told_alone", alone=alone, hidden=counts.get("hidden", 0)))


def show_forecast(whole: "Forecast") -> None:
    """What a run without --sample would take."""
    minutes, gib = whole.seconds / 60, 1 << 30
    facts = {"minutes": f"{minutes:.1f}", "memory": f"{whole.memory / gib:.1f}", "disk": f"{whole.disk / gib:.2f}"}
    out.print(say("cli.forecast" if whole.memory else "cli.forecast_without_memory", **facts))


def show(found: Problem) -> None:
    err.print(say("cli.warning") if found.warning else say("cli.problem"), end=" ")
    err.print(str(found))


def main() -> None:
    """Entry point: problems are printed, the exit code is 1; nothing else may end in a traceback for bad input."""
    try:
        app()
    except SojournError as error:
        for each in error.problems:
            show(each)
        sys.exit(1)
    except KeyboardInterrupt:
        err.print(say("cli.interrupted"))
        sys.exit(130)


if __name__ == "__main__":
    main()
