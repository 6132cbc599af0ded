"""The values of code columns that no code list knows. They are codes, not persons; rare ones are shown to nobody outside.

Grain of `unmapped_codes`: source x field x value.
"""

from collections.abc import Iterable

import pyarrow as pa

from sojourn.concepts.columns import COLUMNS
from sojourn.definitions.country_names import suggestion
from sojourn.definitions.source import Source
from sojourn.engine.portable import literal
from sojourn.stages.ingest.concordance import CodeTable
from sojourn.stages.ingest.typed import Fault, present

SCHEMA = pa.schema(
    {"source": pa.string(), "field": pa.string(), "value": pa.string(), "records": pa.int64(), "suggestion": pa.string()}
)
REASON = "unknown_code"


def distinct(table: CodeTable, kinds: dict[str, str], relation: str) -> str:
    """SQL of the values that a code table must read. Grain: value."""
    value = present(table.column, kinds[table.column], table.missing)
    return f"SELECT DISTINCT value FROM (SELECT {value} AS value FROM {relation}) WHERE value IS NOT NULL ORDER BY value NULLS LAST"


def counted(source: Source, fault: Fault, kinds: dict[str, str], rows: str) -> str:
    """SQL of one column's values outside its code list, over raw rows with their code tables. Grain: value."""
    mapping = source.mappings()[fault.field]
    value = present(mapping.column, kinds[mapping.column], source.missing + mapping.missing)
    return (
        f"SELECT {literal(source.id)} AS source, {literal(fault.field)} AS field, {value} AS value, "
        f"CAST(count(*) AS BIGINT) AS records FROM {rows} WHERE {fault.condition} GROUP BY ALL "
        "ORDER BY records DESC NULLS LAST, value NULLS LAST"
    )


def suggested(rows: Iterable[dict]) -> pa.Table:
    """The rows of `unmapped_codes`: each value with the country that it may mean, where its column is one of countries."""
    found = [{**row, "suggestion": suggestion(row["value"]) if _of_countries(row["field"]) else None} for row in rows]
    return pa.Table.from_pylist(found, schema=SCHEMA)


def _of_countries(field: str) -> bool:
    return field in COLUMNS and COLUMNS[field].kind == "country"
