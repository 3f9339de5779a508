"""Offerings: what a centre offers, what one needs for it, and how it is applied for, booked and rated.

Owns: items and their guides, applications, windows and their hours, appointments, tickets, ratings.
States: those of the kind of case `application`, which it declares.
Asks: cases (an application is a case), orgs (centres, offices), people (what is known is not asked), formkit, documents.
Never: asks for what can be had by sharing, lets who receives decide, or publishes a proof without a basis in law.
"""
