"""What fills the terminal: the desk where questions are asked, an article, the help."""
