"""Reminders by mail: what is due, told on a ladder of days to whoever can move it.

Seven days before, on the day and seven days after it is due, a thing is told to the
nearest offices that may do it; fifteen days after to the State's officers, thirty days
after to headquarters. Each person gets one mail a day, or one a week, with everything
that came to a new rung; whoever was reminded of a thing on a rung is not again.
"""
