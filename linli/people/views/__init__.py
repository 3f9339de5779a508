"""Pages of the register of people, by what they are about."""
