"""How words are found again."""
