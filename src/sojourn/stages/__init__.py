"""The line of stages: ingest > validate > presence > residence > change > count > account > indicate > publish.

A stage is a package of pure functions: definitions and table names in, SQL (or a kernel) out. Stages never import each
other; they meet in the tables.
"""
