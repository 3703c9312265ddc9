"""What `./hjp` does once a Python is found; the standard library alone until there is an environment."""
