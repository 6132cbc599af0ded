"""The registry of indicators: what each measures, whose name it bears, and which evidence can produce it.

Only the codes and subjects of MI 1.1 to MI 1.4 are confirmed as the United Nations' (Warsaw conclusions 2024,
paragraph 8). Every other title, and the wording of every definition, is a reconstruction from E/CN.3/2021/11, Annex I,
or our own, and says so in `status`. Titles and plain-word definitions are in the catalogue `concepts`.
"""

from dataclasses import dataclass

from sojourn.messages import has, say

OFFICIAL, RECONSTRUCTION, OWN = "official", "reconstruction", "own"

FRAMEWORK = "E/CN.3/2021/11"
FRAMEWORK_LINK = f"https://undocs.org/{FRAMEWORK}"
"""The document by its symbol, through the United Nations' own resolver of symbols."""

Alternative = frozenset[str]


@dataclass(frozen=True)
class Indicator:
    """One indicator.

    `status`: whose code and subject it is. `paragraphs`: where the framework treats its subject, beside Annex I. `evidence`: alternatives,
    each a set of kinds of evidence that together suffice. `proxies`: evidence that gives a figure near the subject but not
    of it. `columns`: what the evidence must carry. `measure`: the measure printed as the headline.
    """

    id: str
    status: str
    kind: str
    paragraphs: tuple[str, ...]
    measure: str
    evidence: tuple[Alternative, ...]
    columns: tuple[str, ...] = ()
    proxies: tuple[Alternative, ...] = ()

    @property
    def key(self) -> str:
        """The stem of its catalogue entries and file names: `mi_1_1` for MI 1.1."""
        return self.id.lower().replace(" ", "_").replace(".", "_")

    @property
    def title(self) -> str:
        return say(f"concepts.{self.key}_title")

    @property
    def definition(self) -> str:
        return say(f"concepts.{self.key}_definition")

    @property
    def proxy_definition(self) -> str:
        """What a proxy of the indicator counts; its own definition where no proxy is known."""
        return say(f"concepts.{self.key}_proxy") if has(f"concepts.{self.key}_proxy") else self.definition

    @property
    def citation(self) -> str:
        """The place in the framework in words."""
        number = "one" if len(self.paragraphs) == 1 and self.paragraphs[0].isdigit() else "many"
        return say(f"concepts.citation_{number}", document=FRAMEWORK, paragraphs=", ".join(self.paragraphs))


def together(*kinds: str) -> Alternative:
    """Kinds of evidence that are needed at once."""
    return frozenset(kinds)


REGISTER = together("population_register")
SURVEY = together("household_survey")
BORDER = together("border_crossings")
ADMISSIONS = together("admissions")
VISITORS = together("visitor_survey")
TABLES = together("published_tables")
STOCK_EVIDENCE = (REGISTER, SURVEY, TABLES)
CLASS_COLUMNS = ("country_of_birth", "citizenship")

INDICATORS = {
    indicator.id: indicator
    for indicator in (
        Indicator("RP", OWN, "stock", ("25", "32"), "stock", STOCK_EVIDENCE),
        Indicator("MI 1.1", OFFICIAL, "stock", ("32",), "stock", STOCK_EVIDENCE, CLASS_COLUMNS),
        Indicator(
            "MI 1.2", OFFICIAL, "event", ("33", "34"), "events", (together("naturalisation_file"), REGISTER, TABLES), ("citizenship",), (SURVEY,)
        ),
        Indicator("MI 1.3", OFFICIAL, "flow", ("31",), "events", (BORDER, REGISTER, TABLES), CLASS_COLUMNS, (SURVEY,)),
        Indicator("MI 1.4", OFFICIAL, "flow", ("31",), "events", (BORDER, REGISTER, TABLES), CLASS_COLUMNS),
        Indicator("NM", OWN, "flow", ("31",), "net", (BORDER, REGISTER, TABLES)),
        Indicator("TM", RECONSTRUCTION, "flow", ("36–41",), "visits", (ADMISSIONS, BORDER)),
        Indicator("DA", OWN, "account", ("35",), "closing", (together("population_register", "civil_registration"),)),
        Indicator("TP", OWN, "flow", ("24", "38–41"), "visits", (VISITORS,), ("exit_year", "exit_month", "nights")),
        Indicator("OV", OWN, "estimate", ("31",), "share", (ADMISSIONS,), ("admitted_until",)),
    )
}
"""By id, in the order of publication."""
