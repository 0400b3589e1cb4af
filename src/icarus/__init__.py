"""Icarus answers questions about urban security from public deliverables, verbatim and with the page."""
