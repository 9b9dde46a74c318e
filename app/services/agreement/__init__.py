"""What offices must agree on: conflicts, disputes, records entered twice, and who decides."""
