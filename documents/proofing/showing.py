"""What the list of findings beside the pages of a draft shows."""


def box(findings) -> dict:
    """What the list beside the pages shows."""
    errors = sum(found.is_error for found in findings)
    mends = sum(found.new is not None for found in findings)
    return {"findings": findings, "errors": errors, "advice": len(findings) - errors, "mends": mends}
