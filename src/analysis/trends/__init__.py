"""What statistics can honestly say of the series: two years compared, long series modelled, short ones left alone.

`compare(dataset, region, indicator, period)` gives the rate ratio of two years, `assess(dataset, region, indicator)` a fitted and
checked series, or says that it is too short.
"""
