"""Every step the schema has taken, in order. Append; never edit a released step.

A step is SQL alone and imports nothing of the program, which moves on while the step must not.
A table that is computed from the log and cannot be filled in SQL is asked for with the fact
`anew:TABLE`: the program that opens the file makes it as it knows it (`app.store.rebuilding`).
A step may name in `DROPS` the tables whose rows it means to lose.
"""

from app.store.migrations import (
    m0001_registers,
    m0002_journal,
    m0003_exchange,
    m0004_alias,
    m0005_decision,
    m0006_withdrawal,
    m0007_exchange,
)

STEPS = (
    m0001_registers,
    m0002_journal,
    m0003_exchange,
    m0004_alias,
    m0005_decision,
    m0006_withdrawal,
    m0007_exchange,
)
