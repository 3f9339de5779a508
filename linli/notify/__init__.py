"""Notify: messages to people, in the inbox, by SMS and by e-mail; when they may come, and what they cost.

Owns: Message, Delivery, MessageConsent, EmailAddress, ChannelChoice, Counter, SimulatedSms.
States: states.DELIVERY (queued, held, sending, sent, delivered, skipped, dead).
Asks: people (how to reach a person), rulebook (sending hours, cost cap, most a day), orgs, runtime, documents.
Never: writes to staff outside working hours without urgency (BU-25), counts who reads, or keeps a
telephone number, an e-mail address or a one-time code in the open.
"""
