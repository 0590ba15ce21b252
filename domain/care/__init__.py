"""How those who give support are looked after: supervision, rota and load, debriefs, wellbeing, pressure, hand-over."""
