"""Libraries that the simulated schedules run a hundred thousand times.

-O1 makes them several times as fast as a build without optimisation does, and
takes the compiler hardly longer. An optimised build stays as it is.
"""

QUICK = select({
    "//tools/bazel:not_optimised": ["-O1"],
    "//conditions:default": [],
})

def cc_library(**kwargs):
    """A cc_library that is compiled with QUICK.

    Args:
      **kwargs: passed on.
    """
    native.cc_library(copts = QUICK, **kwargs)
