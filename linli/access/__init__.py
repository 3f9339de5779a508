"""Access: who may sign in, which posts they hold, and what these posts may do where.

Owns: Account, SignIn (sessions), GivenRight, Deputy, Mandate, CounterDevice,
CounterPresence, OneTimeLink, SignInCode, ResetRequest, ApiToken, KeptForm, DataRequest,
RightsList, StaffImport.
States: states.ACCOUNT (invited, active, disabled), states.RESET (asked, seconded, approved, used,
refused, lapsed), states.DATA_REQUEST (received, working, answered, refused, withdrawn).
Asks: orgs (posts and who holds them), people (who a resident is), places (what an account sees),
notify (one-time codes), documents (the rights list), rulebook (days for personal-data requests).
Never: decides what a permit means, counts how often anybody signs in, or ranks by use.
"""
