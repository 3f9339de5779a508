"""Files that orgs reads: what it brings along, and lists that offices send."""
