"""Reading for the front page, search, and the whole area at a glance."""
