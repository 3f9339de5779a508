"""Runtime: what every write and every long piece of work needs, whatever it is about.

Owns: IdempotencyKey, RateLimit, NumberSeries, LongJob, SavedView.
States: states.LONG_JOB (queued, running, done, failed, cancelled).
Asks: nobody.
Never: knows a domain word, or stores a readable answer, address or telephone number.
"""
