"""Reads of access, by what they are about; import the module that you need."""
