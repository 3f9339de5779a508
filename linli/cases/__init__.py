"""Cases: somebody asks, somebody must answer in time.

Owns: Case, CaseEvent and its texts, Assignment, CaseClock, CaseLink, CaseParty, routing.
States: declared by each kind of case (`types.kinds.CaseKind`), here and in apps above.
Asks: places (where), orgs (whose post), people (who asked), rulebook (how long), notify (tell).
Never: rewrites an event, ranks those who handle, or shows words of a resident before release.
"""
