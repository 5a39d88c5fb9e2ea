"""Publishing: decide what is out of date, run the report notebook for it, look at what came out, and put whole editions in place.

    selection   which editions are asked for, and what is refused before anything starts
    keys        what an edition is made from, and why it is out of date
    batch       the run: what to make, by whom, what failed, what is put in place
    workshop    the helper process that has imported everything, and its workers (serving: what goes on inside)
    making      one report: notebook, PDF, tables, gate
    running     a notebook under papermill; kernels: what starts it
    gate        what a finished report must show before it may replace another
    placing     folders that are replaced whole

The first three and `placing` import nothing heavy: a run with nothing to do ends before pandas would have loaded.
"""
