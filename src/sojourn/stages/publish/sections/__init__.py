"""The sections of the report, in reading order. Each is a function from the view to a section, or to None without data."""
