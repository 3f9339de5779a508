"""Portal: pages that mix many apps: home of a place, search, my affairs, the desk, screens, feedback.

Owns: Feedback.
States: states.FEEDBACK (received, answered).
Asks: every app below, through the registries.
Never: decides what another app shows.
"""
