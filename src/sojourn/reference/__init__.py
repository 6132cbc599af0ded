"""Residence decided for one person in plain Python: the judge of the fast path and the explainer of a number."""
