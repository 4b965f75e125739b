"""What waits for officials: looked up as rows of the database, then put into words."""
