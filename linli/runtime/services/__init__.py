"""Writes of runtime, by kind of work; import the module that you need."""
