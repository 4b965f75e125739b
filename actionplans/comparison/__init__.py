"""Two to four districts or products side by side: which, and what is known of each."""
