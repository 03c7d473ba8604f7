/** The notebooks that pages offer for download. */
import { text } from 'node:stream/consumers'

import type { Locator, Page } from 'playwright-core'
import { expect, inject, it } from 'vitest'

import { completeSpec } from '#experiment/spec/spec.ts'

import { programsOf } from '../../site/src/programs/programs.ts'
import { open, openPanel, sharedBrowser } from '../support/playground-page.ts'

const served = inject('served')
const { newPage } = sharedBrowser()

/** The name and the text of the file that a click saves. */
async function downloaded(page: Page, button: Locator): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  return { name: download.suggestedFilename(), text: await text(await download.createReadStream()) }
}

it('is in the playground that of the shown experiment', async () => {
  const { page, complaints } = await newPage()
  await open(page, '?batchSize=4&epochs=60')
  await openPanel(page, 'Code')
  const programs = programsOf(completeSpec({ batchSize: 4, epochs: 60 }), served)
  for (const { language, notebook } of programs.filter((program) => program.notebook)) {
    const program = page.locator('.programs details', { has: page.locator('summary', { hasText: language }) })
    await program.locator('summary').click()
    const button = program.getByRole('button', { name: 'Download as a notebook' })
    expect(await downloaded(page, button)).toEqual({ name: notebook!.file, text: notebook!.text })
  }
  expect(complaints).toEqual([])
  await page.context().close()
}, 60_000)

it.each([
  ['/reports/batch-gradient-descent', 'Download as a notebook', 'minibatch_keras.ipynb'],
  ['/api', 'A Jupyter notebook', 'api.ipynb'],
])(
  'is on %s a file of the site',
  async (path, name, file) => {
    const { page, complaints } = await newPage()
    await page.goto(served + path)
    const summary = page.locator('details.program summary').first()
    if (await summary.count()) await summary.click()
    const saved = await downloaded(page, page.getByRole('link', { name }).first())
    expect(saved.name).toBe(file)
    expect(JSON.parse(saved.text)).toMatchObject({ nbformat: 4, nbformat_minor: 5 })
    expect(complaints).toEqual([])
    await page.context().close()
  },
  60_000,
)
