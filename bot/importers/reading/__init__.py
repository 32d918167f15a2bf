"""What readers of lines share: bytes to lines, lines to the parts of questions, parts to drafts."""
