"""A bar that shows how far the loading has come."""

from __future__ import annotations

from django.core.management.base import OutputWrapper

WIDTH = 32
# How many kinds of rows a loading writes, one after another.
STEPS = 47
QUARTERS = 4


class Bar:
    """Moves on one line of a terminal; elsewhere it says each quarter of the way."""

    def __init__(self, out: OutputWrapper) -> None:
        self.out = out
        self.done = 0

    def step(self, what: str) -> None:
        before, self.done = self.done, min(self.done + 1, STEPS)
        if self.out.isatty():
            filled = WIDTH * self.done // STEPS
            bar = "█" * filled + "░" * (WIDTH - filled)
            self.out.write(f"\r{bar} {what:<34.34}", ending="")
            self.out.flush()
        elif QUARTERS * before // STEPS < QUARTERS * self.done // STEPS:
            self.out.write(f"{100 * self.done // STEPS} %")

    def end(self) -> None:
        if self.out.isatty():
            self.out.write("\r" + " " * (WIDTH + 35) + "\r", ending="")
