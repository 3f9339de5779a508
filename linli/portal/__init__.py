"""Portal: pages that mix many apps: home of a place, search, my affairs, the desk, screens, feedback.

Owns: the kind of case that feedback is, EarlierCode (codes from before it had a number).
States: kinds/feedback.py (received, answered, helped or closed).
Asks: every app below, through the registries.
Never: decides what another app shows.
"""
