"""From answers to weighted sums: one pass over the records, once with the weight and once with every replicate weight."""

from sojourn.definitions.birthplace import Birthplace
from sojourn.definitions.source import Source

FIVE_YEARS = range(0, 85, 5)
AGE_GROUP = "CASE {} WHEN age >= 85 THEN '85+' ELSE 'unknown' END".format(
    " ".join(f"WHEN age BETWEEN {start} AND {start + 4} THEN '{start}-{start + 4}'" for start in FIVE_YEARS)
)
"""Age in completed years at the interview to its five-year group."""


def answers(source: Source, year: int) -> str:
    """Grain: one row per respondent. `naturalised`: in `year`; `moved_in`: lived in another country one year before."""
    return f"""
    SELECT coalesce(sex, 'unknown') AS sex, {AGE_GROUP} AS age_group, birth_class,
      CASE WHEN citizenship_class = 'national' THEN 'national'
        WHEN citizenship_class IN ('foreign', 'stateless') THEN 'foreign' END AS citizenship,
      coalesce(country_of_birth, 'unknown') AS country_of_birth,
      coalesce(year_of_naturalisation = {year}, FALSE) AS naturalised,
      coalesce(residence_one_year_ago = 'another_country', FALSE) AS moved_in,
      {", ".join(weights(source))}
    FROM accepted_{source.id}"""


KEYS = "sex, age_group, birth_class, citizenship, country_of_birth, naturalised, moved_in"


def sums(source: Source) -> str:
    """Grain: one row per combination of answers. `totals`: the sum of weights (replicate 0), then of each replicate weight; whole numbers.

    Each total carries its number, since engines count the places of a list from one or from nought.
    """
    summed = (f"CAST(sum({each}) AS DECIMAL(18, 0))" for each in weights(source))
    totals = ", ".join(f"{{'replicate': {number}, 'total': {total}}}" for number, total in enumerate(summed))
    return f"SELECT {KEYS}, count(*) AS records, [{totals}] AS totals FROM answers GROUP BY {KEYS}"


def replicated() -> str:
    """Grain: combination of answers x replicate; replicate 0 is the estimate itself and alone carries the records."""
    return f"""
    SELECT {KEYS}, one.replicate AS replicate, CASE WHEN one.replicate = 0 THEN records ELSE 0 END AS records, one.total AS total
    FROM (SELECT {KEYS}, records, unnest(totals) AS one FROM sums) AS listed"""


def people(definition: Birthplace) -> str:
    """Grain: variant of the definition x combination x replicate, with subpopulation and membership of the immigrant stock.

    Immigrant: foreign-born, or citizen of another country, or stateless (Annex I), known from either answer alone.
    """
    return " UNION ALL ".join(_people(variant, classes) for variant, classes in definition.lines().items())


def _people(variant: str, native_born: tuple[str, ...]) -> str:
    native = ", ".join(f"'{each}'" for each in native_born)
    birth = f"CASE WHEN birth_class IN ({native}) THEN 'native_born' WHEN birth_class <> 'unknown' THEN 'foreign_born' END"
    return f"""
    SELECT '{variant}' AS variant, *, coalesce(birth, 'undetermined') AS birth_known,
      coalesce(birth || '_' || citizenship, 'undetermined') AS subpopulation,
      coalesce(birth = 'foreign_born', FALSE) OR coalesce(citizenship = 'foreign', FALSE) AS immigrant
    FROM (SELECT *, {birth} AS birth FROM replicated) AS classed"""


def weights(source: Source) -> list[str]:
    """Canonical columns of the weight and its replicates."""
    return ["weight", *(f"w{number}" for number in range(1, source.replicates.count + 1))]
