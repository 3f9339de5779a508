"""Writes of access, by stage of work; import the module that you need."""
