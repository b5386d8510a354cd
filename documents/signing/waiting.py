"""The library of signatures speaks asynchronously; the program waits for what it says."""

import asyncio
import contextvars
from concurrent.futures import ThreadPoolExecutor


def waited(make):
    """What the coroutine that ``make()`` gives comes to; raises what it raises.

    In a thread of its own, so that it does not matter whether the one that asks runs a loop already.
    """
    with ThreadPoolExecutor(1) as worker:
        return worker.submit(contextvars.copy_context().run, lambda: asyncio.run(make())).result()
