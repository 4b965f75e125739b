"""Evidence: what a file is, what it stands behind, and how it is kept."""
