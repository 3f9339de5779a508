"""Rulebook: the numbers of the law with their source, and the working-day calendar.

Owns: LocalValue (city, town and body values), CalendarYear, CalendarDay, Version.
States: none; a local value is added and withdrawn, never deleted.
Asks: nothing above; the way from a place's code to its path comes through the kernel's registry.
Never: guesses a value. Unknown keys are refused, a lapsed value is provisional and says so.
"""
