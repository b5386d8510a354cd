"""How static files are served: by names that change with what they hold, also where one script imports another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """As WhiteNoise has them; in modules of JavaScript the imports are written with the new names too."""

    support_js_module_import_aggregation = True
    # A pass for each module that another one waits for: the longest line of imports, and some to spare.
    max_post_process_passes = 20
