"""MEASURE: gold questions become a report, and yes or no against floors."""
