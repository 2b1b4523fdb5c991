"""What may be done with an event, and what stands in its way. Pure: no database, no web."""
