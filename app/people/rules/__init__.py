"""Rules of people, in pure Python."""
