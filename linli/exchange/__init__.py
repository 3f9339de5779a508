"""Exchange: data in and out of the city's other systems; first of all Open311 GeoReport v2.

Owns: PostedRequest (which request came in under which token).
States: none of its own; a request is a case.
Asks: cases (what came in, what everybody may see), access (keys of other systems), places.
Never: shows words of a resident before release, a person, or an exact point; fetches an address that others name.
"""
