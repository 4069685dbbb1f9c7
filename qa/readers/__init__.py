"""The readers that stand behind ``qa.reader.Reader``, and the choice between them."""
