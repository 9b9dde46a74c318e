"""Carried files: joining a circle, writing a package, reading one, and what each side knows."""
