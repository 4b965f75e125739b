"""Old plans handed in together: a sheet of districts and dates with a zip of files."""
