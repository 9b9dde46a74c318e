"""Small parts of every page: dialogs, bars, pages, words that are cut or broken."""
