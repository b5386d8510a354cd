"""All that the program keeps, database and uploads, in one file; found damaged, and put back on an empty machine."""
