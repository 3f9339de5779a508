"""The edges to the outside: SMS gateways and e-mail."""
