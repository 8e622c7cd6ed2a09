"""What other systems may do with our tickets over Open311: see those of their part of the city, post, report.

`asking` says who asks and about which part, `reading` shows, `taking` takes requests and updates in.
"""
