"""How an event's record is put into words, and what sealing means."""
