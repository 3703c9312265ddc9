"""What programs may ask for, by noun."""
