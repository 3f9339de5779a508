"""Ui: base pages for every face, components, assets, Jinja environment, words in two languages.

Owns: no tables; the look, the translation tools.
States: none.
Asks: kernel (registries for what the navigation shows).
Never: reads a table, knows a domain word, or runs a query from a template.
"""
