"""What makes news fit to be published."""
