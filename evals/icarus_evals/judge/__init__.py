"""Figures that a language model gives: apart from all others, and only where one is set up."""
