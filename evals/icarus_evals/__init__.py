"""Measures answer quality."""
