"""The ground under every app: refusals, permits, states, events, registries, web, locks, paging.

Owns: no tables, no words of the domain.
Never: imports another app of ours.
"""
