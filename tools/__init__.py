"""What dev.py needs to bring a bare clone to life. Standard library only."""
