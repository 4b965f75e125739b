"""The adopted plan as a document on paper: its sealed bytes, set for a reader.

Nothing on it comes from the rows of the plan. Errata, which came later, are told apart.
"""

from actionplans.paper.document import Paper, confirmed_errata, paper_of, sealed_facts
from actionplans.paper.press import pdf, size_of_prints
from actionplans.paper.tables import Note

__all__ = [
    "Note",
    "Paper",
    "confirmed_errata",
    "paper_of",
    "pdf",
    "sealed_facts",
    "size_of_prints",
]
