"""Files made of frozen results: CSV for machines, XLSX for people, PDF for paper."""
