"""Permits that go together: what several templates have in common."""

from __future__ import annotations

REGISTER = ("people.view", "people.look_up", "people.reveal", "rolls.view")
# papers are numbered by whoever works there; approving and keeping the seal stay with two people
PAPERS = ("documents.read", "documents.issue", "documents.apply_seal")
# who writes notices, and who publishes them
POST_NOTICES = ("notices.write", "notices.publish")
# who works on cases, and who supervises those that do; how a reporter is reached lies in the vault
HANDLE_CASES = ("cases.see", "cases.handle", "cases.intake")
REACH_REPORTERS = ("cases.contact",)
LEAD_CASES = (*HANDLE_CASES, "cases.dispatch", "cases.supervise", "cases.papers",
              "cases.keep_rules", "cases.spots", "cases.release", "cases.call_back")  # fmt: skip
# a government hands tasks down and pays for them (BU-22); a committee decides together, it gets them
LEAD_GOVERNMENT = (*LEAD_CASES, "cases.direct", "cases.review_ratings")
# who takes down and answers petitions of a town or the city
PETITIONS = ("cases.petitions", "cases.petition_work")
# who takes applications in at the window, and who decides on them: the engine keeps the two apart
RECEIVE_APPLICATIONS = ("offerings.applications", "offerings.receive")
DECIDE_APPLICATIONS = ("offerings.applications", "offerings.decide")
# who sees cells and who looks after them, who keeps both; who declares a flood or typhoon
SEE_GRID = ("grid.see",)
DECLARE = ("grid.declare",)
KEEP_GRID = (*SEE_GRID, *DECLARE, "grid.keep", "grid.contacts", "grid.work", "grid.check",
             "grid.heads", "grid.storm")  # fmt: skip
# who keeps venues and decides bookings
VENUES = ("activities.venues", "activities.bookings", "activities.events")
# who writes items of service; publishing is for a second person
WRITE_ITEMS = ("offerings.write_items",)
KEEP_ITEMS = (*WRITE_ITEMS, "offerings.publish_items")
# who serves at the windows of a centre and calls back, who keeps the windows and their hours
SERVE_VISITS = ("offerings.serve", "offerings.reach")
KEEP_WINDOWS = (*SERVE_VISITS, "offerings.windows", "offerings.call_back")
# who keeps what a centre is, and who oversees centres; a third party only visits them
KEEP_CENTRES = ("offerings.centres",)
OVERSEE_CENTRES = ("offerings.oversee_centres",)
VISIT_CENTRES = ("offerings.visit_centres",)
# who asks villages by spreadsheet, and who signs for a village: never the same post
ASK_REPORTS = ("offerings.ask_reports",)
FILL_REPORTS = ("offerings.fill_reports",)
KEEP_REGISTER = (*REGISTER, "people.edit", "people.import", "people.export", "people.merge",
                 "rolls.edit")  # fmt: skip
