"""A profile in words for the terminal: one row for each column, then what concerns the file."""

from sojourn.engine.profile import EXACT, step
from sojourn.messages import say
from sojourn.run.date_patterns import in_words
from sojourn.run.profiling import Profile
from sojourn.run.profiling.column import Column
from sojourn.run.profiling.shown import shared
from sojourn.run.profiling.text import shown_name

HEADS = ("column", "kind", "missing", "distinct", "looks", "found")
MOST_VALUES = 8


def heads() -> list[str]:
    return [say(f"profile.head_{each}") for each in HEADS]


def rows(found: Profile) -> list[list[str]]:
    """One row for each column of the file, in its order."""
    return [_row(each, found) for each in found.columns]


def _row(each: Column, found: Profile) -> list[str]:
    facts = each.facts
    role = next((role for role, look in found.looks.items() if look.column is each), say("profile.no_role"))
    missing = f"{1 - each.present / facts.records:.1%}" if facts.records else "-"
    distinct = str(facts.distinct) if facts.exact else say("profile.about", distinct=facts.distinct)
    return [shown_name(each.name), say(f"profile.kind_{each.kind}"), missing, distinct, role, "; ".join(_found(each, found))]


def _found(each: Column, found: Profile) -> list[str]:
    words = [shown_name(each.title)] if each.title else []
    words += _dates(each, found) if each.dates else _values(each)
    certain = [value for value in each.missing if value not in each.nines]
    words += [say("profile.means_nothing", words=", ".join(shown_name(value) for value in certain))] if certain else []
    words += [say("profile.nines", words=", ".join(each.nines))] if each.nines else []
    if shared(each.declared):
        words.append(say("profile.declared", codes=", ".join(shown_name(code) for code in shared(each.declared))))
    return words


def _values(each: Column) -> list[str]:
    """The most frequent values of a list of codes; of many numbers, the least and the most."""
    shown = each.shown
    if each.kind == "whole" and len(shown) > MOST_VALUES:
        numbers = sorted(int(value) for value in shown if value not in each.missing)
        return [say("profile.range", least=numbers[0], most=numbers[-1])] if numbers else []
    first = list(shown.items())[:MOST_VALUES]
    words = [", ".join(f"{shown_name(value)} {n}" for value, n in first)] if first else []
    words += [say("profile.more", more=len(shown) - len(first))] if len(shown) > len(first) else []
    return words + ([say("profile.withheld", withheld=each.withheld)] if each.withheld else [])


def _dates(each: Column, found: Profile) -> list[str]:
    words = []
    for form in each.dates.forms:
        words.append(say("profile.form_of_dates", form=form.form, share=f"{form.records / max(each.present, 1):.1%}"))
        if form.rivals:
            words.append(say("profile.ambiguous", other=", ".join(form.rivals)))
        elif form.proof and {"%d", "%m"} <= {form.form[:2], form.form[3:5]}:
            words.append(say("profile.proved", proof=form.proof))
    if each.dates.months:
        first, last = each.dates.months
        words.append(first if first == last else say("profile.span", first=first, last=last))
    unusual = sorted(found.patterns.get(each.name, ()), key=lambda row: (row["pattern"] == "day_of_year", -row["share"]))
    words += [_pattern(row) for row in unusual[:MOST_VALUES]]
    return words + ([say("profile.more", more=len(unusual) - MOST_VALUES)] if len(unusual) > MOST_VALUES else [])


def _pattern(row: dict) -> str:
    return say("profile.pattern", pattern=in_words(row), share=f"{row['share']:.1%}", expected=f"{row['expected_share']:.1%}")


def file_lines(found: Profile) -> list[str]:
    """What concerns the file as a whole, before the table."""
    form = found.form.model_dump(exclude_unset=True, exclude_none=True)
    words = ", ".join(f"{key} {value!r}" if key == "delimiter" else f"{key} {value}" for key, value in form.items() if key != "layout")
    lines = [say("profile.read_as", file=found.file, records=found.table.records, columns=len(found.columns), form=words)]
    estimated = [each for each in found.columns if not each.facts.exact]
    lines += [say("profile.sampled", step=step(found.table))] if step(found.table) > 1 else []
    return lines + ([say("profile.estimated", limit=EXACT)] if estimated else [])


def key_lines(found: Profile) -> list[str]:
    """Keys and repeated records, after the table."""
    lines = [say("profile.key", columns=" + ".join(map(shown_name, each))) for each in found.keys] or [say("profile.no_key")]
    person = found.looks.get("identifier")
    if person and not person.column.facts.unique:
        facts = person.column.facts
        lines.append(say("profile.identified", column=shown_name(facts.name), distinct=facts.distinct, records=facts.present))
    lines.append(say("profile.repeated", repeated=found.repeated))
    source, *lists = found.written
    lines.append(say("profile.written", file=source))
    return lines + ([say("profile.written_lists", lists=len(lists), folder=lists[0].parent)] if lists else []) + [say("profile.next")]
