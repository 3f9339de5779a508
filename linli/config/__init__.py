"""Assembly: settings, addresses and the API root; everything that differs between installations.

Owns: no tables.
Never: decides anything of the domain.
"""
