"""Sample campaigns of 2019, 2020 and 2026. Numbers and days of public papers are true; all else is invented and says so."""
