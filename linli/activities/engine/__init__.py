"""What services of activities share: rows held for a step, and written with the last word of the table."""
