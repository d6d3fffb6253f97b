"""Article -> Analysis: the reader model, words, sentences and the word lists of each language."""
