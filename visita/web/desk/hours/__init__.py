"""Working time at the desk: the chart, its forms, who is away today, closed days, and what was changed by whom."""
