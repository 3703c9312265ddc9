"""Asking the patient for photographs by a link, and what they send there."""
