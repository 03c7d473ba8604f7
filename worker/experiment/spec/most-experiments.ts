/**
 * How many experiments one sweep may have. Nothing but numbers, for whoever only shows results.
 */

/** As lines and panels of a chart; and as the cells of a map or the rows of a table. */
export const mostExperiments = { ofChart: 16, ofMap: 64 } as const
