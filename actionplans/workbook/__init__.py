"""A quarter's reports as a workbook: handed out, filled offline, tried, then taken."""
