"""What an office can install, made from the packed Windows program.

An installer, a portable ZIP, the notices of everything that is shipped, and a list of SHA-256; all
of it is made on Linux too, where wine runs the packer.
"""
