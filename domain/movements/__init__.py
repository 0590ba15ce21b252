"""What the prison's systems tell of people in custody as it happens, and what follows from it here (F47, F97; hmpps.md
4; rule 24). Who is where is theirs to say; whose role or support ends with it, ours."""
