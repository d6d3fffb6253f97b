"""What a person says of the rows of a record: kept over rebuilds, applied at once, and taken back when asked."""
