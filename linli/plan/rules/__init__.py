"""Decisions of plan, as pure functions."""
