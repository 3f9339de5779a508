"""Pages of the register of places, for those who keep it."""
