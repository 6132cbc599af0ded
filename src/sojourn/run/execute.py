"""Run a country: check, compute, assemble the run folder, rename it into place last."""

import csv
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from sojourn.definitions.country import Country
from sojourn.definitions.load import load_country
from sojourn.definitions.period import Period, parse_period
from sojourn.engine.session import guarded
from sojourn.errors import SojournError
from sojourn.run.check import data_problems, period_problems
from sojourn.run.governance import for_purpose, refusals
from sojourn.run.graph import Graph
from sojourn.run.manifest import manifest
from sojourn.run.outcome import report_input
from sojourn.run.published import compared
from sojourn.run.progress import SMALLER, Forecast, Meter, Progress, Taken, forecast
from sojourn.run.sample import parse_share, share_words
from sojourn.stages.publish import publish
from sojourn.stages.publish.files import stamped

LABEL = "INTERNAL-NOT-PROTECTED"


@dataclass(frozen=True)
class Run:
    """A finished run. `headline`: the total cells as they are shown, hidden values left out; `threshold`: of hiding.

    `forecast`: of the whole, after a sample. `compared`: figures beside published ones, by the status of the comparison.
    """

    folder: Path
    report: Path
    manifest: dict[str, object]
    headline: list[dict[str, str]]
    threshold: int
    compared: Mapping[str, int]
    forecast: Forecast | None = None


def run(
    folder: Path | str,
    period: str | None = None,
    progress: Progress | None = None,
    *,
    purpose: str | None = None,
    sample: str | None = None,
) -> Run:
    """Produce a country's statistics for a period and a purpose (default: the country file's).

    `sample`: a share such as `1%`, for a first look at that share of the persons, with a forecast of the whole.
    Writes `FOLDER/runs/<period>-<hash>.INTERNAL-NOT-PROTECTED`. Raises SojournError with every problem found.
    """
    share = parse_share(sample) if sample else None
    country, wanted = checked(folder, period, purpose)
    smaller = _smaller(country, wanted, share) if share else None
    meter = Meter()
    with Graph(country, wanted, progress, share) as graph:
        graph.run()
        done = assemble(graph)
        return replace(done, forecast=forecast(share, meter.taken(graph.work.path), smaller)) if share else done


def _smaller(country: Country, period: Period, share: Fraction) -> Taken:
    """What a run on a tenth of the sample takes; nothing of it stays. A tenth too small for figures has taken its time too."""
    meter = Meter()
    with Graph(country, period, None, share / SMALLER) as graph, suppress(SojournError):
        graph.run()
    taken = meter.taken(graph.work.path)
    shutil.rmtree(graph.work.path, ignore_errors=True)
    return taken


def checked(folder: Path | str, period: str | None, purpose: str | None = None) -> tuple[Country, Period]:
    """The country and the period, when nothing stops a run. Raises SojournError otherwise."""
    country = for_purpose(load_country(folder), purpose)
    wanted = parse_period(period or country.file.period)
    found = [each for each in refusals(country) + data_problems(country) + period_problems(country, wanted) if not each.warning]
    if found:
        raise SojournError(*found)
    return country, wanted


def assemble(graph: Graph) -> Run:
    """The run folder, made whole in the work folder and renamed into `runs` last."""
    runs = graph.country.path / "runs"
    final = runs / f"{graph.period.label}{sample_label(graph)}-{graph.name}.{LABEL}"
    with guarded(final), graph.work.passing("run") as partial:
        facts = _fill(graph, partial)
        runs.mkdir(exist_ok=True, mode=0o700)
        runs.chmod(0o700)
        shutil.rmtree(final, ignore_errors=True)
        os.replace(partial, final)
    return Run(final, stamped(final, "report", "html"), facts, headline(final), graph.country.file.threshold, compared(final))


def sample_label(graph: Graph) -> str:
    """What tells the folder of a sample from that of the whole."""
    return f"-sample-{share_words(graph.sample).removesuffix('%')}pc" if graph.sample else ""


def _fill(graph: Graph, folder: Path) -> dict[str, object]:
    """Tables, report, CSV and manifest, all stamped; the manifest."""
    _tables(graph, folder / "tables")
    facts = manifest(graph)
    publish(report_input(graph), folder)
    stamped(folder, "manifest", "json").write_text(json.dumps(facts, indent=1, default=str) + "\n", encoding="utf-8")
    return facts


def headline(folder: Path) -> list[dict[str, str]]:
    """Rows of the headline CSV."""
    path = stamped(folder, "headline", "csv")
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _tables(graph: Graph, folder: Path) -> None:
    """Every table of the run, stamped by name; a link to the work folder's file where the disk allows one."""
    folder.mkdir(mode=0o700)
    for name, written in sorted(graph.tables.items()):
        target = stamped(folder, name, "parquet")
        try:
            os.link(written.path, target)
        except OSError:
            shutil.copyfile(written.path, target)
