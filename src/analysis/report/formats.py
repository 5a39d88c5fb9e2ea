"""The formats a report can have; nothing heavy is imported to know them."""

FORMATS = ("pdf", "html", "docx", "xlsx")
USUAL = ("pdf", "html")  # what is made where nobody says; Word and the workbook take as long again
