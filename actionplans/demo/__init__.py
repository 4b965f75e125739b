"""The demonstration: invented officials, committees, plans and progress of the country.

Everything follows from the registers, a fixed seed and the day on which the story ends,
so that the same day always tells the same story. `fates` decides how far each district
has come and `days` when; `cast`, `boards`, `parts`, `lives` and `quarters` make the
rows; `store` writes them in bulk, past no constraint and no trigger of the database.
The words lie in fixtures/demo/.
"""
