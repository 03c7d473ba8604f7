/** 1461 days of weather in Seattle, 2012 to 2015, each of one of five kinds, with four measures. */
import type { Description } from '../generator.ts'
import { fromTable, publishedInPython } from './from-table.ts'

export const weather = fromTable('weather')

/** In words and in Python. An export of its own: what trains does without it. */
export const weatherDescription: Description = {
  title: 'Weather',
  lesson: 'On real classes that overlap, small batches keep the test accuracy jumping.',
  source:
    'Daily weather in Seattle 2012–2015, NOAA National Climatic Data Center, as packaged by vega-datasets, which derives the class from several columns',
  license: 'Public domain (U.S. government)',
  python: publishedInPython('weather'),
}
