"""Presence: events of persons become spells in and out of the country."""
