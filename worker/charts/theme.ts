/**
 * How charts look: colors by meaning, in light and dark. Train is blue, test orange, in every chart.
 *
 * Charts carry class names only. A page brings these rules with its own styles; a standalone SVG brings them along.
 */

/** CSS rules of every chart. */
export const chartStyles = `
.chart {
  --ink: #1d1d1b; --faint: #5d5c58; --grid: #dddad2; --train: #1f6fb2; --test: #c2570c;
  font: 12px system-ui, -apple-system, 'Segoe UI', sans-serif; font-variant-numeric: tabular-nums;
}
@media (prefers-color-scheme: dark) {
  .chart { --ink: #eceae4; --faint: #a8a59c; --grid: #3b3a37; --train: #6fb1e8; --test: #f0954f; }
}
.chart text { fill: var(--faint); }
.chart .train { --color: var(--train); }
.chart .test { --color: var(--test); }
.chart text.train, .chart text.test { fill: var(--color); font-weight: 600; }
.chart path { fill: none; stroke: var(--color); stroke-width: 1.25px; stroke-linejoin: round; }
.chart path.test { stroke-width: 2px; }
.chart .grid { stroke: var(--grid); stroke-width: 1px; }
`.trim()
