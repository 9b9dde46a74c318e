"""Whether the tests notice: small faults are planted in a copy of the project, one at a time."""
