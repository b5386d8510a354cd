"""What became of the sample campaigns: joined, reviewed, stopped, extended; and who set an example. Words are invented."""


def make(campaigns, people):
    """Everything that is missing. ``campaigns``: {key: campaign of the province}."""
