"""Activities: places and times that people book, and what goes on there.

Owns: venues, equipment and their openings, bookings and rounds of allocation, events, enrolments.
States: a booking is asked for, confirmed, cancelled, used or missed; an enrolment waits or is in.
Asks: places, orgs (who runs a venue), cases (damage is a case), notices (closing days), documents.
Never: books twice, counts staff, or shows who takes part without consent.
"""
