/** The pages that stand for themselves: those that search engines and agents should know. */
import { presets } from '#experiment/spec/presets.ts'

/** The site in a sentence. */
export const summary =
  'How the batch size controls the stability of training: a tutorial whose every figure is a run that anyone can repeat.'

/** A page: its path, its name, and what is on it. */
interface SitePage {
  path: string
  name: string
  about: string
}

/** The pages, without the reports on single experiments. */
export const mainPages: readonly SitePage[] = [
  { path: '/', name: 'Tutorial', about: 'how the batch size controls the stability of training, in nine parts' },
  {
    path: '/playground',
    name: 'Playground',
    about: 'any experiment with settings of your own; the address holds them',
  },
  { path: '/reports', name: 'Reports', about: 'the experiments of the tutorial, with programs in other libraries' },
  { path: '/reports/sweep', name: 'Sweep', about: 'eight batch sizes side by side' },
  { path: '/api', name: 'API', about: 'how to use it, with examples to copy' },
  { path: '/about', name: 'About', about: 'limits, privacy, and how to check the numbers' },
]

/** The reports on single experiments. */
export const reportPages: readonly SitePage[] = presets.map(({ slug, title }) => ({
  path: `/reports/${slug}`,
  name: title,
  about: 'learning curves, every number, and the same experiment in Keras, PyTorch and TensorFlow.js',
}))
