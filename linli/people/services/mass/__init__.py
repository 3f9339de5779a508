"""The machinery under the services: rows of lists and of synthetic people on their way into tables.

Nothing here asks for a permit; the services above do, before they call it.
"""
