"""Decisions of orgs: pure functions of plain values."""
