"""What can be done with a record of any kind, asked by every road into the register."""
