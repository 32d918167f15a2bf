"""Formulas of questions: as MathML for pages, and as a picture for platforms that show no formulas."""
