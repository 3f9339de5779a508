"""Notices: what an office posts in public, for how long, and what became of it.

Owns: Posting, PostingVersion, PostingPlace.
States: a posting is prepared, published, withdrawn or dropped; whether it is shown is read off its days.
Asks: files for papers and photos, documents for print, rulebook for the days, orgs for the office.
Never: shows what is not public, names Party members, shortens a period that was announced, or takes a text back unseen.
"""
