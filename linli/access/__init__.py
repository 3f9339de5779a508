"""Access: who may sign in, which posts they hold, and what these posts may do where.

Owns: Account.
Asks: orgs (posts and their holders), people (who a resident is).
Never: decides what a permit means; apps do that.
"""
