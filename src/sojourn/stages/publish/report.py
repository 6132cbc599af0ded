"""What a report is made of: plain values, so that the page can be written, and tested, without a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class ReportInput:
    """One run, ready to be printed. Every table may be absent: a section without data is left out.

    `tables`, by name, as lists of rows:
    - cells: the published values (indicator, measure, variant, period, breakdown, category, value, records,
      standard_error, lower, upper, unit, flag). records: the smallest count of persons or records behind the value, by
      which it is hidden.
    - account: period, subpopulation, component, value; deaths and emigration as magnitudes, acquisition and loss signed
      (see concepts.populations.ACCOUNT).
    - survival: grp, day, at_risk, departed, censored, surviving (a proportion). presence: grp, day, present, undetermined.
    - date_patterns: source, field, pattern, value, records, share, expected_share, unusual.
    - issue_counts: source, field, reason, action, records. balance: source, read, used, rejected, repaired, flagged.
    - not_produced: indicator, reason, unlock. open_cases: indicator, period, decided, undetermined.
    - unmapped_codes: source, field, value, records, suggestion. birthplace_effect: as the run's table of that name.
    - counts_account: period, first_day, next_day, population, component, value (signed); account_groups: id, title, lacking,
      independence; age_account: period, sex, age_group, component, value.
    - published_tables: id, title, reference, absolute, relative, note, passed_over; comparison: as the run's table of that name.
    - systems: id, title, note; status_comparison: as the run's table of that name.
    - lives (printed for drawn countries only): person, start, end (missing: still open), inside, status, text.

    `methodology`: (title, markdown) pairs. `sources`: rows of title, owner, evidence, unit, begin, end.
    `threshold`: counts of records from 1 to below it are not shown.
    """

    country_id: str
    country_name: str
    country_code: str
    period: str
    threshold: int
    tables: Mapping[str, Sequence[Row]]
    note: str = ""
    drawn: bool = False
    methodology: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = ()
    sources: Sequence[Row] = ()
    run_id: str = ""
    definition_hashes: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
