"""The pages with which hosts run a room: forms that run the same use cases as the commands in chat."""
