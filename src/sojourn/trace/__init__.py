"""Trace: from a published figure, or a person, back to the records and the clause that decided."""
