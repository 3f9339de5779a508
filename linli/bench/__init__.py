"""Benchmarks: ours and an honest baseline in the same run, alternating, the median ratio counts.

Owns: no tables.
Never: a timing that fails a test.
"""
