"""The steps that readers of lines share: from bytes to lines, to the parts of a question, to drafts."""
