"""Obligations, their due instances, and when each falls due."""
