"""Writes on people, by kind of work; import the module that you need."""
