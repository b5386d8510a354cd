"""Sample clusters of 2020 and 2026. Which units stood together is not public: all compositions here are invented."""
