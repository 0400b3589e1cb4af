"""Reads deliverables."""
