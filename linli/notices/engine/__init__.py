"""The inner steps of the services: locking, and what must be right before a notice is saved."""
