import { globSync, readFileSync } from 'node:fs'

import { expect, it } from 'vitest'

/** Files that stand for themselves: types of modules, and tests, whose titles say what they are. */
const exempt = /\.d\.ts$|\.test\.tsx?$|^test\/vitest\./

it('every file says what it is before its first import', () => {
  const files = globSync(['worker/**/*.{ts,tsx}', 'site/src/**/*.{ts,tsx,astro}', 'site/*.mjs', 'test/**/*.{ts,tsx}'])
  expect(files.length).toBeGreaterThan(150)
  const mute = files.filter(
    (file) => !exempt.test(file) && !/^(?:---\n)?\/[/*]/.test(readFileSync(file, 'utf8').trimStart()),
  )
  expect(mute).toEqual([])
})
