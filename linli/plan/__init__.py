"""Plan: a policy plan read from its own text, and what towns did about it.

Owns: PlanDocument, Part, Task, TaskDepartment, Target, Measure, Stage, Requirement, Correction,
      IndicatorValue, TownPlan, Pilot, Practice, Visit, FundingLine.
States: states.TOWN_PLAN (draft, filed, returned, accepted), states.PILOT (running, ended).
Asks: places (which towns), orgs (today's name of a department), kernel.registries (indicators).
Never: ranks places or people, shows an unknown value as zero, or overwrites what was read.
"""
