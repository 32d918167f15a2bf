"""Turn outcomes into `MessageView`s: every word the bot says in chat, for every platform."""
