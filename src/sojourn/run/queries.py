"""The query behind a table, for the statistician who wants to read it."""

from pathlib import Path

import sqlglot

from sojourn.definitions.load import load_country
from sojourn.definitions.period import parse_period
from sojourn.errors import SojournError, problem
from sojourn.messages import say
from sojourn.run.plan import plan


def query_of(folder: Path | str, table: str, period: str | None = None) -> str:
    """The query that makes a table, laid out; for a kernel's table the step that makes it. Raises SojournError if unknown."""
    country = load_country(folder)
    steps = plan(country, parse_period(period or country.file.period), "")
    for step in steps:
        if table in step.views:
            return laid_out(step.views[table])
        if table in step.writes:
            return laid_out(step.queries[table]) if table in step.queries else say("cli.kernel_table", table=table, step=step.name)
    known = ", ".join(name for step in steps for name in (*step.writes, *step.views))
    raise SojournError(problem("run.no_table", table=table, known=known))


def laid_out(sql: str) -> str:
    """A query with line breaks and indentation."""
    return sqlglot.parse_one(sql, dialect="duckdb").sql("duckdb", pretty=True)
