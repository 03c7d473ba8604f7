/** What axe objects to on a page as it stands, or in a part of it: WCAG 2.2 A and AA, and best practice. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'

export async function objections(page: Page, part = 'html'): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async (on) => {
    const { axe: runner } = globalThis as unknown as {
      axe: {
        run: (on: string, options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
      }
    }
    // Targets are no part of what it looks at by itself.
    const { violations } = await runner.run(on, { rules: { 'target-size': { enabled: true } } })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  }, part)
}
