/**
 * The most experiments that one sweep may contain. This file contains only numbers, so scripts that only show results
 * need not load schemas.
 */

/** The limit for lines and panels of a chart, and for cells of a map or rows of a table. */
export const mostExperiments = { ofChart: 16, ofMap: 64 } as const
