"""Edges: files that other offices made."""
