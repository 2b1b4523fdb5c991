"""What the almanac knows by reckoning: pure functions of moments, places, tables and texts."""
