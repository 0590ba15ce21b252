"""How supporters learn: courses, cohorts, attendance, certificates, practice, and who signs that they can do it."""
