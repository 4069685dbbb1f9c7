"""How the reader's weights are made. Runs apart from the product; only it and ``index.embedder`` know torch."""
