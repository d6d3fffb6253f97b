"""One module per page: the frozen context that its template draws, and the function that makes it from a record."""
