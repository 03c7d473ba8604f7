/**
 * How many actions the tasks of a first visit take in the playground, by mouse and by keyboard: each is carried out in
 * Chromium, and fails if its outcome is not there.
 *
 *   npm run bench:tasks            starts the product
 *   npm run bench:tasks -- URL     asks one that runs
 *
 * An action of the mouse is a click, a choice from a list, or a value typed into a field. By keyboard every key that is
 * pressed counts, also each digit and each Tab on the way.
 */
import type { Locator, Page } from 'playwright-core'

import { launchChromium } from '../support/chromium.ts'
import { startWranglerDev } from '../support/wrangler-dev.ts'
import { table } from './measure.ts'

const [given] = process.argv.slice(2)
const server = given === undefined ? await startWranglerDev() : undefined
const url = given ?? server!.url
const browser = await launchChromium()

/** Long enough for what follows an action to be drawn. */
const pause = 250

/** A reader with a mouse. */
class Mouse {
  count = 0
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async click(what: Locator): Promise<void> {
    await what.click()
    await this.#acted()
  }

  async type(field: string, text: string): Promise<void> {
    const input = this.page.locator(`#set-${field}`)
    await input.click()
    await input.fill(text)
    await input.blur()
    await this.#acted()
  }

  async choose(field: string, value: string): Promise<void> {
    await this.page.locator(`#set-${field}`).selectOption(value)
    await this.#acted()
  }

  async compare(): Promise<void> {
    await this.click(this.page.getByRole('link', { name: 'Compare', exact: true }))
  }

  async panel(name: string): Promise<void> {
    await this.click(this.page.getByRole('tab', { name, exact: true }))
  }

  async share(): Promise<void> {
    await this.click(this.page.locator('.bar-action', { hasText: 'Share' }))
  }

  async group(name: string): Promise<void> {
    await this.click(this.page.locator('.settings summary', { hasText: new RegExp(`^${name}`) }))
  }

  async #acted(): Promise<void> {
    this.count++
    await this.page.waitForTimeout(pause)
  }
}

/** A reader with a keyboard. */
class Keyboard {
  count = 0
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key)
      this.count++
      await this.page.waitForTimeout(key === 'Tab' || key === 'Shift+Tab' ? 10 : 60)
    }
  }

  /** Goes on with Tab until a description of what has the focus matches. */
  async to(what: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    for (let stops = 0; stops < 100; stops++) {
      await this.press(key)
      if (what.test(await this.#focused())) return
    }
    throw new Error(`the Tab key does not lead to ${what}`)
  }

  async type(text: string): Promise<void> {
    await this.press('Control+a', ...Array.from(text))
    await this.page.waitForTimeout(pause)
  }

  /** By the links that skip what is before. */
  async skipTo(what: 'settings' | 'closer look'): Promise<void> {
    await this.press('Tab', 'Enter')
    await this.to(new RegExp(`Skip to the ${what}`))
    await this.press('Enter')
  }

  async compare(): Promise<void> {
    await this.to(/Compare$/, this.count === 2 ? 'Tab' : 'Shift+Tab')
    await this.press('Enter')
    await this.page.waitForTimeout(pause)
    await this.to(/Skip to the settings/, 'Shift+Tab')
    await this.press('Enter')
  }

  async panel(name: string): Promise<void> {
    await this.skipTo('closer look')
    while (!(await this.#focused()).endsWith(` ${name}`)) await this.press('ArrowRight')
    await this.press('Enter')
    await this.page.waitForTimeout(pause)
  }

  async share(): Promise<void> {
    await this.press('Tab', 'Enter')
    await this.to(/^A\S* Share$/)
    await this.press('Enter')
    await this.page.waitForTimeout(pause)
  }

  /** What has the focus: the element, its id and its name. */
  async #focused(): Promise<string> {
    return this.page.evaluate(() => {
      const { tagName, id, textContent, ariaLabel } = document.activeElement!
      return `${tagName}#${id} ${(ariaLabel ?? textContent ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 60)}`
    })
  }
}

interface Task {
  name: string
  goal: number
  mouse: (mouse: Mouse, page: Page) => Promise<void>
  keyboard: (keyboard: Keyboard, page: Page) => Promise<void>
  /** Waits for the outcome; throws if it does not come. */
  outcome: (page: Page) => Promise<unknown>
}

const inAddress = (pattern: RegExp) => (page: Page) => page.waitForURL(({ search }) => pattern.test(search))
const seen = (selector: string, hasText: string | RegExp) => (page: Page) =>
  page.locator(selector, { hasText }).first().waitFor({ timeout: 30_000 })

const tasks: Task[] = [
  {
    name: 'a: whether batch size 4 or 32 is calmer, in 30 seeds',
    goal: 3,
    mouse: async (mouse, page) => {
      await mouse.compare()
      await mouse.type('batchSize', '4')
      await mouse.click(page.getByRole('group', { name: 'seeds' }).getByRole('link', { name: '30', exact: true }))
    },
    keyboard: async (keyboard) => {
      await keyboard.press('Tab', 'Enter')
      await keyboard.compare()
      await keyboard.type('4')
      await keyboard.to(/set-seeds/)
      await keyboard.type('30')
      await keyboard.press('Tab')
    },
    outcome: seen('.instrument-compared b', 'In 30 seeds, batch size 4 is rougher'),
  },
  {
    name: 'b: Adam beside gradient descent at batch size 1',
    goal: 4,
    mouse: async (mouse) => {
      await mouse.type('batchSize', '1')
      await mouse.compare()
      await mouse.group('Optimizer')
      await mouse.choose('optimizer', 'adam')
    },
    keyboard: async (keyboard, page) => {
      await keyboard.skipTo('settings')
      await keyboard.type('1')
      await keyboard.compare()
      await keyboard.to(/SUMMARY.* Optimizer and/)
      await keyboard.press('Enter')
      await keyboard.to(/set-optimizer/)
      while (!/[?&]optimizer=adam/.test(page.url())) {
        await keyboard.press('ArrowDown')
        await page.waitForTimeout(pause)
      }
    },
    outcome: inAddress(/batchSize=1&optimizer=adam&pin=batchSize%3D1/),
  },
  {
    name: 'c: moons with noise 0.3 and two hidden layers',
    goal: 5,
    mouse: async (mouse, page) => {
      await mouse.group('Data')
      await mouse.click(page.locator('.picture-choice label', { hasText: 'moons' }))
      await mouse.type('noise', '0.3')
      await mouse.group('Network')
      await mouse.click(page.getByRole('button', { name: /add a layer/i }).first())
    },
    keyboard: async (keyboard, page) => {
      await keyboard.skipTo('settings')
      await keyboard.to(/SUMMARY.* Data/)
      await keyboard.press('Enter')
      await keyboard.to(/^INPUT/)
      while (!page.url().includes('dataset=moons')) {
        await keyboard.press('ArrowRight')
        await page.waitForTimeout(pause)
      }
      await keyboard.to(/set-noise/)
      await keyboard.type('0.3')
      await keyboard.to(/SUMMARY.* Network/)
      await keyboard.press('Enter')
      await keyboard.to(/add a layer/i)
      await keyboard.press('Enter')
    },
    outcome: inAddress(/dataset=moons&hiddenUnits=\d+-\d+&noise=0.3/),
  },
  {
    name: 'd: one update in slow motion',
    goal: 1,
    mouse: (mouse) => mouse.panel('One update'),
    keyboard: (keyboard) => keyboard.panel('One update'),
    outcome: seen('.slow-motion-losses', ''),
  },
  {
    name: 'e: the best learning rate for batch size 8',
    goal: 3,
    mouse: async (mouse, page) => {
      await mouse.type('batchSize', '8')
      await mouse.click(page.getByRole('button', { name: 'vary learning rate in the map' }))
    },
    keyboard: async (keyboard) => {
      await keyboard.skipTo('settings')
      await keyboard.type('8')
      await keyboard.to(/vary learning rate/)
      await keyboard.press('Enter')
    },
    outcome: seen('.map-sentence', 'in 10 seeds'),
  },
  {
    name: 'f: a link that freezes the learning rate',
    goal: 3,
    mouse: async (mouse, page) => {
      await mouse.share()
      await mouse.click(page.getByLabel('freeze learning rate', { exact: true }))
      await mouse.click(page.getByRole('button', { name: 'Copy its link' }))
    },
    keyboard: async (keyboard) => {
      await keyboard.share()
      await keyboard.to(/freeze learning rate$/)
      await keyboard.press(' ')
      await keyboard.to(/Copy its link/)
      await keyboard.press('Enter')
    },
    outcome: (page) =>
      page.waitForFunction(async () => (await navigator.clipboard.readText()).includes('lock=learningRate')),
  },
  {
    name: 'g: the program in PyTorch',
    goal: 2,
    mouse: async (mouse, page) => {
      await mouse.panel('Code')
      await mouse.click(page.locator('.programs summary', { hasText: 'PyTorch' }))
    },
    keyboard: async (keyboard) => {
      await keyboard.panel('Code')
      await keyboard.to(/SUMMARY.* PyTorch/)
      await keyboard.press('Enter')
    },
    outcome: seen('pre:visible', 'import torch'),
  },
  {
    name: 'h: the HTML of a frame for another page',
    goal: 2,
    mouse: async (mouse, page) => {
      await mouse.share()
      await mouse.click(page.locator('summary', { hasText: 'Show it on your own page' }))
    },
    keyboard: async (keyboard) => {
      await keyboard.share()
      await keyboard.to(/SUMMARY.* Show it/)
      await keyboard.press('Enter')
    },
    outcome: seen('pre:visible', '<iframe'),
  },
]

/** Carries out a task on a page of its own; returns the actions. */
async function countOf<Hand extends Mouse | Keyboard>(
  hand: new (page: Page) => Hand,
  act: (hand: Hand, page: Page) => Promise<void>,
  outcome: Task['outcome'],
): Promise<number> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  await page.goto(`${url}/playground`)
  await page.locator('.badge').waitFor()
  await page.waitForTimeout(2 * pause)
  const own = new hand(page)
  await act(own, page)
  await outcome(page)
  await context.close()
  return own.count
}

const rows: string[][] = []
for (const { name, goal, mouse, keyboard, outcome } of tasks)
  rows.push([
    name,
    String(goal),
    String(await countOf(Mouse, mouse, outcome)),
    String(await countOf(Keyboard, keyboard, outcome)),
  ])
console.log(table(['task', 'goal', 'mouse, actions', 'keyboard, keys'], rows))
await browser.close()
await server?.stop()
