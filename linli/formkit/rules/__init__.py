"""Decisions on forms as plain functions of values: reading specs, logic, answers, the lint."""
