"""Invented recipients and what they were given from 2015 to 2026, so that each rule of the catalogue has somebody to speak of."""
