"""Formkit: forms as data, versioned, published after a lint, filled in by people and read back as values.

Owns: Form, FormVersion, FormRevision, FormTest, FormDraft.
States: states.VERSION (draft, published, retired).
Asks: files (photos, papers, signatures of an open form), trail.
Never: keeps what was sent (the app that asked keeps it), changes a published version, or
takes an answer from a branch that was not asked.
"""
