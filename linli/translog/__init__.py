"""Transparency log: an append-only Merkle tree (RFC 6962) in which outsiders check what was public.

Owns: Leaf, Opening, Node, TreeHead, LogName.
Asks: trail (its head goes in each minute it changed).
Never: takes a leaf back. What must be forgotten loses its salt; every proof still holds.
"""
