/**
 * A translator as browsers have one: it replaces every text node by a `<font>` element with the translation, and goes on
 * with whatever text comes later. Its translations are the texts themselves, so that a translated page can be compared
 * with one that is not.
 */
import type { Page } from 'playwright-core'

/** Whether it takes all text, or only what has words. */
export const translators = { 'all text': '\\S', 'only what has words': '\\p{L}{2}' } as const

/** Translates a page from now on. */
export async function translate(page: Page, what: keyof typeof translators): Promise<void> {
  await page.evaluate((pattern) => {
    const isTaken = new RegExp(pattern, 'u')
    const done = new WeakSet<Node>()
    const translateIn = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
      const texts: Text[] = root instanceof Text ? [root] : []
      while (walker.nextNode()) texts.push(walker.currentNode as Text)
      for (const text of texts) {
        if (done.has(text) || !isTaken.test(text.data)) continue
        if (!text.parentElement || text.parentElement.closest('script, style, option, .notranslate')) continue
        const [outer, inner] = [document.createElement('font'), document.createElement('font')]
        inner.textContent = text.data
        done.add(inner.firstChild!)
        outer.appendChild(inner)
        text.replaceWith(outer)
      }
    }
    translateIn(document.body)
    new MutationObserver((records) => {
      for (const { type, target, addedNodes } of records)
        for (const node of type === 'characterData' ? [target] : addedNodes) if (node.isConnected) translateIn(node)
    }).observe(document.body, { childList: true, subtree: true, characterData: true })
  }, translators[what])
}
