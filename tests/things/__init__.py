"""For each app, the things in the demo city of the tests that fill its addresses."""
