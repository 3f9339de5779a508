"""Exchange: data in and out of the city's other systems: Open311, the hotline 12345, the service hall, base data, payments, the seal service.

Owns: PostedRequest (which request came in under which token), OrderList, HotlineOrder (which order is which case), ResultFile, HandBack, Connection, Letter, Comparison, HallItem, HallApplication.
States: lists of orders, orders, what the hotline is asked to take back, letters out, applications of the hall.
Asks: cases (what came in, what became of it), access (keys of other systems), places, files, documents (papers that are to be sealed).
Never: shows words of a resident before release, a person, or an exact point; fetches an address that others name; decides a place by words.
"""
