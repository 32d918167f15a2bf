"""What happens between the bot and a platform: it comes and goes, and messages are delivered."""
