"""Residence: spells become statuses under the country's rule."""
