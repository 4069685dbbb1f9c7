"""Makes the reader's weights: a teacher is trained, its lowest layers learn from it, a graph is made of them."""
