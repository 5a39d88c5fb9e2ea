"""Publishing: decide what is out of date, run the report notebook for it, look at what came out, and put whole editions in place.

    selection   which editions are asked for, and what is refused before anything starts
    keys        what an edition is made from, and why it is out of date
    planning    the editions of a run, why each of their reports is to be made, and which cannot be
    batch       the run: what is made by whom, in which order
    finishing   what becomes of an edition: put in place, or kept beside the last one
    workshop    the helper process that has imported everything, and its workers (serving: what goes on inside; importing: what it imports)
    renewing    the data, built in a fork of the helper; ending: how every process ends with the one it works for
    making      one report: notebook, PDF, tables, gate
    running     a notebook under papermill; kernels: what starts it
    launching   the kernelspec `tongbi`; preloaded: the process its kernels are forks of
    gate        what a finished report must show before it may replace another
    placing     folders that are replaced whole

`selection`, `keys`, `planning`, `batch`, `finishing` and `placing` import nothing heavy: a run with nothing to do ends before pandas has loaded.
"""
