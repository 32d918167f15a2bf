"""What happens between the bot and a platform: the bot joins and leaves spaces, and delivers messages."""
