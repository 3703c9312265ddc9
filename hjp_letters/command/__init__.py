"""What `./hjp` does once a Python is found; standard library only until there is an environment."""
