/** The list of pages that search engines and agents should know, for the sitemap and `llms.txt`. */
import { presets } from '#experiment/spec/presets.ts'

/** A summary of the site in one sentence. */
export const summary =
  'How the batch size controls the stability of training: a tutorial whose every figure is a run that anyone can repeat.'

/** A page: its path, its name and its content. */
interface SitePage {
  path: string
  name: string
  about: string
}

/** The pages except the reports on individual experiments. */
export const mainPages: readonly SitePage[] = [
  { path: '/', name: 'Tutorial', about: 'how the batch size controls the stability of training, in fourteen parts' },
  {
    path: '/playground',
    name: 'Playground',
    about: 'any experiment with settings of your own; the address holds them',
  },
  { path: '/reports', name: 'Reports', about: 'the experiments of the tutorial, with programs in other libraries' },
  { path: '/reports/sweep', name: 'Sweep', about: 'eight batch sizes side by side' },
  { path: '/diagnose', name: 'Your own curves', about: 'the log of your own training, measured and diagnosed' },
  { path: '/api', name: 'API', about: 'how to use it, with examples to copy' },
  { path: '/about', name: 'About', about: 'limits, privacy, and how to check the numbers' },
]

/** The reports on individual experiments. */
export const reportPages: readonly SitePage[] = presets.map(({ slug, title }) => ({
  path: `/reports/${slug}`,
  name: title,
  about: 'learning curves, every number, and the same experiment in Keras, PyTorch and TensorFlow.js',
}))
