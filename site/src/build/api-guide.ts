/**
 * The content of the API guide: examples, query fields, routes and errors. The page `/api` and its Markdown version
 * `/api.md` are rendered from it. Backticks mark code, and links have Markdown syntax.
 */
import { chartNames, chartTypeOf } from '#charts/drawing.tsx'
import { about } from '#experiment/spec/fields.ts'
import { trainingLimitsInWords, workQuotaInWords } from '#experiment/spec/limits.ts'
import { mostExperiments } from '#experiment/spec/most-experiments.ts'
import { conditionalDefaults, defaultSpec, specFields } from '#experiment/spec/spec.ts'

import { apiNotebookPath } from './api-notebook.ts'

const defaults: Record<string, unknown> = { ...defaultSpec(), ...conditionalDefaults }

/** The fields of a query, which are the settings of an experiment. */
export const fields = Object.entries(specFields).map(([name, codec]) => ({
  name,
  allowed: about.get(codec)?.description,
  value: String(defaults[name]),
  isInWords: name in conditionalDefaults,
}))

/** A use of the API with examples to copy. Each is split into the text before and after an address of the site. */
interface Use {
  title: string
  text: string
  examples: { language: 'curl' | 'JavaScript' | 'Python' | 'HTML'; before: string; path: string; after: string }[]
}

/** An experiment that is compared with a pinned one on the same seeds. */
const pinned = `/api/experiments?batchSize=4&seeds=30&histories=0&pin=${encodeURIComponent('batchSize=full&seeds=30')}`

/** A sweep of two fields as a table. */
const sweep = '/api/sweep.csv?batchSize=16,64,full&learningRate=0.01,0.1&epochs=50&seeds=3'

export const uses: Use[] = [
  {
    title: 'Train a network and read the result',
    text: 'The same query gives the same numbers to everyone. The second time they come from the cache.',
    examples: [
      { language: 'curl', before: "curl '", path: '/api/experiments?batchSize=64&epochs=100', after: "'" },
      {
        language: 'JavaScript',
        before: "const response = await fetch('",
        path: '/api/experiments?batchSize=64&epochs=100',
        after: `')
const { fingerprint, runs } = await response.json()
console.log(fingerprint, runs[0].final.testAccuracy)`,
      },
      {
        language: 'Python',
        before: "import json, urllib.request\n\nwith urllib.request.urlopen('",
        path: '/api/experiments?batchSize=64&epochs=100',
        after: `') as response:
    result = json.load(response)
print(result['fingerprint'], result['runs'][0]['final']['testAccuracy'])`,
      },
    ],
  },
  {
    title: 'Compare two experiments, seed by seed',
    text:
      'pin holds the query of another experiment, percent-encoded. Runs with the same seed are compared: comparison has ' +
      'the mean difference and the ratio of each quantity, with 95 % intervals from five pairs on. Each experiment has the ' +
      'seeds that its query names; in the playground, the seeds of the experiment that is shown apply to the pinned one too.',
    examples: [
      { language: 'curl', before: "curl '", path: pinned, after: "'" },
      {
        language: 'JavaScript',
        before: "const response = await fetch('",
        path: pinned,
        after: `')
const { comparison } = await response.json()
console.log(comparison.quantities.instability.ratio)`,
      },
      {
        language: 'Python',
        before: "import json, urllib.request\n\nwith urllib.request.urlopen('",
        path: pinned,
        after: `') as response:
    comparison = json.load(response)['comparison']
print(comparison['quantities']['instability']['ratio'])`,
      },
    ],
  },
  {
    title: 'Load every epoch of many runs into a notebook',
    text:
      'One row per seed and epoch. A cell is empty once its run has diverged: there is no such number. Where whole ' +
      "columns are empty, pandas reads numbers all the same; DuckDB can be told: types = {testLoss: 'DOUBLE'}. Polars works " +
      'the same way (pl.read_csv, pl.scan_csv): HEAD tells the length, and Range gives a part of the file.',
    examples: [
      { language: 'curl', before: "curl -OJ '", path: '/api/experiments.csv?batchSize=4&seeds=10', after: "'" },
      {
        language: 'JavaScript',
        before: "const response = await fetch('",
        path: '/api/experiments.csv?batchSize=4&seeds=10',
        after: `')
const [header, ...rows] = (await response.text()).trim().split('\\r\\n').map((line) => line.split(','))
console.log(header, rows.length)`,
      },
      {
        language: 'Python',
        before: "import pandas as pd\n\nhistory = pd.read_csv('",
        path: '/api/experiments.csv?batchSize=4&seeds=10',
        after: "')\nprint(history.groupby('epoch').testAccuracy.describe())",
      },
    ],
  },
  {
    title: 'Sweep two settings and map what comes out',
    text:
      `One or two fields take lists: at most ${mostExperiments.ofMap} experiments, within the budget of one. With ` +
      'equal=updates each trains for as many epochs as it takes to make the updates of the one that makes the most. ' +
      '/charts/map.svg draws the same query. In tables layers are spelled as 5x10 and schedules as 10to32-50to256, which ' +
      'no program takes for a date or a time; queries take both spellings.',
    examples: [
      { language: 'curl', before: "curl -OJ '", path: sweep, after: "'" },
      {
        language: 'JavaScript',
        before: "const response = await fetch('",
        path: sweep.replace('.csv', ''),
        after: `')
const { rows } = await response.json()
for (const { settings, updates, summary } of rows) console.log(settings, updates, summary.instability.mean)`,
      },
      {
        language: 'Python',
        before: "import pandas as pd\n\nsweep = pd.read_csv('",
        path: sweep,
        after: "')\nprint(sweep.pivot(index='learningRate', columns='batchSize', values='instabilityMean'))",
      },
    ],
  },
  {
    title: 'Follow a long training live',
    text:
      'Server-sent events: how many wait before it while there is no room, progress after every slice of the training, ' +
      'at last the result or a problem. Close the ' +
      'stream at its end, or the browser asks once more and is told that it was the end.',
    examples: [
      { language: 'curl', before: "curl -N '", path: '/api/experiments/stream?batchSize=1&seeds=20', after: "'" },
      {
        language: 'JavaScript',
        before: "const training = new EventSource('",
        path: '/api/experiments/stream?batchSize=1&seeds=20',
        after: `')
training.addEventListener('progress', ({ data }) => console.log(JSON.parse(data)))
for (const end of ['result', 'problem'])
  training.addEventListener(end, ({ data }) => {
    training.close()
    console.log(JSON.parse(data))
  })`,
      },
      {
        language: 'Python',
        before: "import json, urllib.request\n\nwith urllib.request.urlopen('",
        path: '/api/experiments/stream?batchSize=1&seeds=20',
        after: `') as stream:
    for line in stream:
        if line.startswith(b'data: '):
            print(list(json.loads(line[6:]).items())[:3])`,
      },
    ],
  },
  {
    title: 'Show a figure on your own page',
    text:
      'The frame draws itself for the room that it is given, from 280 × 200 pixels up. Browsers show it on pages that are ' +
      'served, not on files opened from a disk.',
    examples: [
      {
        language: 'HTML',
        before: '<iframe src="',
        path: '/embed?batchSize=4',
        after: '" title="Batch size 4" width="640" height="420" loading="lazy"></iframe>',
      },
    ],
  },
]

/** Every route and its response. */
export const routes: [path: string, answer: string][] = [
  [
    '/api/experiments',
    'the result of an experiment; histories: how many runs come with their history; pin: another experiment to compare with',
  ],
  ['/api/experiments/stream', 'the same, with progress while it trains'],
  ['/api/experiments.csv', 'one row per seed and epoch, as a file; Range gives a part of it'],
  ['/api/sweep', 'several experiments, by one field or two that take lists: a row each; equal: epochs or updates'],
  ['/api/sweep.csv', 'the same as a table'],
  ['/api/dataset', 'the points that the network learns'],
  ['/api/boundary', 'the class that the first run predicts and its probability, all over the plane'],
  ['/api/gradient-noise', 'the noise of the first run’s gradients, epoch by epoch, with what each quantity means'],
  [
    '/api/generalization',
    'how often each run is right on 200,000 fresh examples, beside its test half and the best rule',
  ],
  ['/api/churn', 'which test examples change class from epoch to epoch, and the class that each is given at the end'],
  ['/api/presets', 'the experiments of the tutorial'],
  ['/api/openapi.json', 'the API as an OpenAPI 3.1 document: every field, answer, header and error'],
  ['/api/health', 'versions'],
  ...chartNames.map((chart): [string, string] => {
    const { summary, isOfSeveral, most = mostExperiments.ofChart } = chartTypeOf(chart)
    const lists = isOfSeveral
      ? `: one or two fields take lists, as batchSize=4,32, of up to ${most} experiments`
      : ', as a picture'
    return [`/charts/${chart}.svg`, summary.charAt(0).toLowerCase() + summary.slice(1) + lists]
  }),
  ['/cards/experiment.png', 'the social card of a permalink: its title and its curves, 1200 × 630 pixels'],
  ['/oembed', 'how to show a permalink on another site, by oEmbed: url is its address'],
  ['/playground', 'the page of a permalink'],
  ['/embed', 'its bare figure, for an iframe on another site'],
]

/** The errors by status. */
export const problems: [status: number, meaning: string][] = [
  [400, 'A field is unknown, given twice or cannot be read.'],
  [404, 'There is nothing at this path, or nothing to embed.'],
  [405, 'The route can only be read, with GET or HEAD.'],
  [414, 'The URL is too long.'],
  [416, 'The file has no such bytes.'],
  [422, 'A value is out of range, does not go with another, or the experiment is too much work.'],
  [429, `Too much new work from one address. ${workQuotaInWords} Retry-After says when to come back.`],
  [501, 'The answer cannot be had in this format.'],
  [
    503,
    `Too much is being trained at once, or nothing new for now. ${trainingLimitsInWords} Retry-After says when to come back.`,
  ],
]

/** An introduction to the API in one paragraph. */
export const introduction =
  'Train a small network with one GET request, and get the same numbers, bit for bit, as everyone who asks the same. ' +
  'There is no key, and pages of every origin may read everything. All of it, as a document for machines: ' +
  '[OpenAPI 3.1](/api/openapi.json). This page as [Markdown](/api.md).'

/** The notebook, in one paragraph. */
export const aboutNotebook =
  `[A Jupyter notebook](${apiNotebookPath}) to download goes from \`/api/sweep.csv\` and \`/api/experiments.csv\` to tables of pandas ` +
  'and figures of matplotlib.'

/** The syntax of a query. */
export const aboutQueries = [
  'A query names the settings that differ from the defaults, each once. Numbers may have an exponent, as `1e-3` or ' +
    '`1E-3`; flags may be spelled `True` and `FALSE`. Sweeps and charts of several experiments take lists, as ' +
    '`batchSize=4,32`, or a key that comes again.',
  'Keys that others add to links, as `utm_source` and `fbclid`, are ignored, and so is what happens to links that people ' +
    'paste: `amp;` before a key, full-width digits, a point or a bracket at the end. Any other key that is no field is ' +
    'refused, with the field that may have been meant.',
]

/** The content of every error. */
export const aboutErrors =
  'Every error is a problem of RFC 9457: `title` and `detail` say what went wrong, and `errors` names each wrong field ' +
  'with what came and what is allowed.'

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** Renders a text of this guide as HTML. Browsers would show a notebook as text, so its link downloads it. */
export function asHtml(text: string): string {
  return escaped(text)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/\[([^\]]+)\]\(([^)]+\.ipynb)\)/g, '<a href="$2" download>$1</a>')
    .replaceAll(/\[([^\]]+)\]\(([^)]+)\)/g, '<a href="$2">$1</a>')
}
