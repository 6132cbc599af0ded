"""Which cells a household survey fills: indicator, breakdown, who belongs, and of whom the share is taken."""

from dataclasses import dataclass

from sojourn.definitions.birthplace import SUBPOPULATIONS

ALL = "'total'"


@dataclass(frozen=True)
class Cell:
    """One breakdown of one indicator. `category` and `member` are SQL over `people`. `base`: the breakdown of the resident
    population whose like-named category is the whole of the share; None where no share is formed."""

    indicator: str
    breakdown: str
    category: str
    member: str = "TRUE"
    base: str | None = "total"
    variants: bool = False


PYRAMID = "sex || '|' || age_group || '|' || birth_known"
CELLS = (
    Cell("RP", "total", ALL, base=None, variants=True),
    Cell("RP", "subpopulation", "subpopulation", variants=True),
    Cell("RP", "sex", "sex"),
    Cell("RP", "age_group", "age_group"),
    Cell("RP", "sex x age_group x birth", PYRAMID, base=None),
    Cell("MI 1.1", "total", ALL, "immigrant", variants=True),
    Cell("MI 1.1", "subpopulation", "subpopulation", "immigrant", variants=True),
    Cell("MI 1.1", "sex", "sex", "immigrant", base="sex"),
    Cell("MI 1.1", "age_group", "age_group", "immigrant", base="age_group"),
    Cell("MI 1.1", "country_of_birth", "country_of_birth", "immigrant"),
    Cell("MI 1.2", "total", ALL, "naturalised", base=None),
    Cell("MI 1.3", "total", ALL, "moved_in"),
    Cell("MI 1.3", "sex", "sex", "moved_in", base="sex"),
    Cell("MI 1.3", "subpopulation", "subpopulation", "moved_in"),
)
PROXIES = ("MI 1.2", "MI 1.3")
"""Indicators of which a retrospective survey gives only a proxy."""


def members() -> str:
    """Grain: people row x cell it belongs to. Subpopulations without any member get rows of nought, so that they are seen."""
    return " UNION ALL ".join([*(_member(each) for each in CELLS), *(_empty(each) for each in ("RP", "MI 1.1"))])


def _member(cell: Cell) -> str:
    base = "NULL" if cell.base is None else f"'{cell.base}'"
    of = cell.category if cell.base == cell.breakdown else ALL
    where = cell.member if cell.variants else f"{cell.member} AND variant = ''"
    return f"""
    SELECT '{cell.indicator}' AS indicator, variant, '{cell.breakdown}' AS breakdown, {cell.category} AS category,
      {base} AS base, {of} AS base_category, replicate, records, total
    FROM people WHERE {where}"""


def _empty(indicator: str) -> str:
    rows = ", ".join(f"('{each}')" for each in SUBPOPULATIONS if indicator == "RP" or each != SUBPOPULATIONS[0])
    return f"""
    SELECT DISTINCT '{indicator}' AS indicator, variant, 'subpopulation' AS breakdown, listed.category,
      'total' AS base, 'total' AS base_category, replicate, 0 AS records, CAST(0 AS DECIMAL(18, 0)) AS total
    FROM people CROSS JOIN (VALUES {rows}) AS listed(category)"""


def figures() -> str:
    """Grain: indicator x variant x breakdown x category x replicate. Whole weighted sums, exact in any order."""
    keys = "indicator, variant, breakdown, category, base, base_category, replicate"
    return f"""
    SELECT {keys}, CAST(sum(records) AS BIGINT) AS records, CAST(sum(total) AS DECIMAL(18, 0)) AS total
    FROM members GROUP BY {keys}"""


def measures(decimals: int) -> str:
    """Grain: figure x measure. The count, and where a base is named its share in percent, formed in each replicate.

    `decimals`: to how many the weights are kept, which are whole numbers of the last of them up to here.
    """
    return f"""
    SELECT indicator, variant, breakdown, category, replicate, records,
      CASE WHEN indicator IN ('RP', 'MI 1.1') THEN 'stock' ELSE 'events' END AS measure, CAST(total AS DOUBLE) / {10**decimals} AS figure
    FROM figures
    UNION ALL
    SELECT part.indicator, part.variant, part.breakdown, part.category, part.replicate, part.records, 'share' AS measure,
      100.0 * CAST(part.total AS DOUBLE) / nullif(CAST(whole.total AS DOUBLE), 0) AS figure
    FROM figures AS part JOIN figures AS whole
      ON whole.indicator = 'RP' AND whole.variant = '' AND whole.breakdown = part.base
      AND whole.category = part.base_category AND whole.replicate = part.replicate"""
