"""What must hold whatever the code does: the database refuses two things at one time."""
