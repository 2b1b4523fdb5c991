"""What may be done with a pledge, its canonical text, and the arithmetic of its log."""
