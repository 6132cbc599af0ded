"""Kinds of evidence a statistical office holds, and the events its records can report.

Sources of the list: E/CN.3/2021/11, paragraphs 13 and 36; Warsaw conclusions 2024, paragraphs 8-10.
"""

UNITS = ("person", "admission", "respondent", "trip", "stage", "dated", "count")
"""What one record stands for: a person, one admission at the border (a form), one respondent of a sample survey, one trip
of a visitor survey, one stage of a trip, one dated fact of a register that names nobody, or one published count."""
KEYED = ("person", "respondent", "stage")
"""Units whose identifier names them, so that it becomes a pseudonym at the door. That of a stage names its
trip; a trip needs none, and has one where its stages are known."""

EVIDENCE = (
    "border_crossings",
    "admissions",
    "population_register",
    "civil_registration",
    "naturalisation_file",
    "household_survey",
    "visitor_survey",
    "published_tables",
)

EVENTS = ("departure", "arrival", "birth_in", "birth_abroad", "death", "enumeration", "exclusion", "acquisition", "loss")
"""Kinds of event; the position is the code in kernels.

enumeration: outside evidence of residence on a date. exclusion: absence from a list that is complete on a date.
acquisition and loss are of the citizenship of the country of measurement.
"""
EVENT_CODE = {name: code for code, name in enumerate(EVENTS)}
"""Event name to the small integer that kernels read."""
