"""The edges of access: the SMS gateway of notify, and passkeys of browsers."""
