"""Serving the window to others: who comes in, whose session is whose, and how often each may ask."""
