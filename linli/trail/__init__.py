"""Trail: who did, tried or read what, where and when; appended, chained, never rewritten.

Owns: Entry, Seal, Epoch.
Asks: nobody; what things and posts are called comes through kernel registries.
Never: deletes or changes a row, waits for a sealer, or counts what staff do.
"""
