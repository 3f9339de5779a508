"""The machinery under the services: rows of lists on their way into tables, words to find people by,
and what a death had ended.

Nothing here asks for a permit; the services above do, before they call it.
"""
