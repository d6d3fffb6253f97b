"""The meaning of the fields that the grammar of times gives: from an expression's parts to the days they name."""
