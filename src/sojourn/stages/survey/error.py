"""Standard errors from replicate weights, bounds and flags."""

from sojourn.definitions.birthplace import Birthplace
from sojourn.definitions.precision import Precision
from sojourn.definitions.source import Source
from sojourn.stages.survey.cells import PROXIES

CELL = "indicator, measure, variant, breakdown, category"


def estimates(source: Source) -> str:
    """Grain: cell x measure. Variance = factor / count x the sum over replicates of (replicate figure - figure) squared.

    The squares are summed as decimals, so that the result does not depend on their order. Method: successive difference
    replication (Fay and Train 1995; American Community Survey Design and Methodology, chapter 12).
    """
    factor = f"{source.replicates.factor} / CAST({source.replicates.count} AS DOUBLE)"
    return f"""
    SELECT {CELL}, max(own) AS own, CAST(sum(records) AS BIGINT) AS records,
      round(sqrt({factor} * CAST(sum(CAST(round((figure - own) * (figure - own), 12) AS DECIMAL(38, 12))) AS DOUBLE)), 9)
        AS standard_error
    FROM (SELECT measured.*, max(CASE WHEN replicate = 0 THEN figure END) OVER (PARTITION BY {CELL}) AS own
      FROM measured) AS compared
    GROUP BY {CELL}"""


def flagged(definition: Birthplace, precision: Precision) -> str:
    """Grain: as `estimates`, each with whether it is empty by structure, not shown, or unreliable."""
    cells = ", ".join(f"'{each}'" for each in definition.empty_cells()) or "NULL"
    few, wide = precision.unreliable.records_below.value, precision.unreliable.relative_standard_error_over.value
    return f"""
    SELECT *, coalesce(breakdown = 'subpopulation' AND category IN ({cells}) AND records = 0, FALSE) AS structural,
      records < {precision.suppressed.records_below.value} AS hidden,
      records < {few} OR coalesce(100.0 * standard_error / nullif(own, 0) > {wide}, FALSE) AS unreliable
    FROM estimates"""


def published(source: Source, precision: Precision, periods: dict[str, str]) -> str:
    """Grain: one row per published cell, in the columns of `cells`. Bounds do not go below zero.

    A cell empty by structure has the value 0 and no error, for it was not estimated; a hidden one has no value.
    """
    multiplier = precision.bounds.multiplier
    period = " ".join(f"WHEN '{indicator}' THEN '{label}'" for indicator, label in periods.items())
    proxies = ", ".join(f"'{each}'" for each in PROXIES)
    totals = "''" if source.adds_to_population else "CASE measure WHEN 'share' THEN '' ELSE ' sample_total' END"
    shown = "structural OR NOT hidden"
    estimated = "NOT structural AND NOT hidden"
    return f"""
    SELECT indicator, measure, variant, CASE indicator {period} END AS period, breakdown, category,
      CASE WHEN {shown} THEN round(own, 9) END AS value, records,
      CASE WHEN {estimated} THEN standard_error END AS standard_error,
      CASE WHEN {estimated} THEN round(greatest(own - {multiplier} * standard_error, 0.0), 9) END AS lower,
      CASE WHEN {estimated} THEN round(own + {multiplier} * standard_error, 9) END AS upper,
      CASE WHEN measure = 'share' THEN 'percent' ELSE 'persons' END AS unit,
      trim(CASE WHEN structural THEN 'structural_zero' WHEN hidden THEN 'suppressed' WHEN unreliable THEN 'unreliable' ELSE '' END
        || CASE WHEN indicator IN ({proxies}) THEN ' proxy' ELSE '' END || {totals}) AS flag
    FROM flagged
    ORDER BY indicator NULLS LAST, variant NULLS LAST, measure NULLS LAST, breakdown NULLS LAST, category NULLS LAST"""
