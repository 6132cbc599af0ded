"""The stage that lays figures of others beside ours: published tables by cell, another system's statuses by person."""
