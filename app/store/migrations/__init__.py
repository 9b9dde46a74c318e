"""Every step the schema has taken, in order. Append; never edit a released step.

A step may name in `DROPS` the tables whose rows it means to lose.
"""

from app.store.migrations import (
    m0001_registers,
    m0002_journal,
    m0003_exchange,
    m0004_alias,
    m0005_decision,
    m0006_withdrawal,
)

STEPS = (
    m0001_registers,
    m0002_journal,
    m0003_exchange,
    m0004_alias,
    m0005_decision,
    m0006_withdrawal,
)
