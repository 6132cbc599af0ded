"""Charts as inline SVG: one module per chart, drawn without a script and readable in print and by a screen reader."""
