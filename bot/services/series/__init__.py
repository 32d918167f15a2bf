"""Series: what a channel is asked again and again, and when."""
