import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { isLettered, setLines, outlineWidth } from '#cards/words.tsx'
import { headingOf } from '#charts/text/heading.ts'
import letters from '#letters.json'

import { fieldsAndSpec } from '../../support/arbitrary-spec.ts'

const choices = [
  { size: 25, most: 2 },
  { size: 17, most: 3 },
]
const width = 540
const set = (text: string) => setLines(text, width, 'serif', choices)

describe('the letters of the cards', () => {
  it('are whole: every outline is drawn from as many numbers as its steps need, near its square', () => {
    const needed: Record<string, number> = { M: 2, L: 2, Q: 4, C: 6, Z: 0 }
    for (const [face, characters] of Object.entries({ serif: letters.serif, sans: letters.sans }))
      for (const [character, [advance, outline]] of Object.entries(characters)) {
        const steps = Array.from(outline.matchAll(/([A-Z])([^A-Z]*)/g), ([, step, text]) => ({
          step: step!,
          numbers: text!.match(/-?\d+/g)?.map(Number) ?? [],
        }))
        const wrong = steps.filter(({ step, numbers }) => numbers.length !== needed[step])
        const far = steps
          .flatMap(({ numbers }) => numbers)
          .filter((number) => Math.abs(number) > letters.unitsPerEm * 1.2)
        expect([face, character, wrong, far]).toEqual([face, character, [], []])
        expect([face, character, advance > 0, outline === '']).toEqual([face, character, true, character.trim() === ''])
      }
  })

  it('are enough for the title of every experiment', () => {
    fc.assert(fc.property(fieldsAndSpec, ({ spec }) => isLettered(headingOf(spec))))
    expect(isLettered('日本')).toBe(false)
  })
})

describe('a title', () => {
  it('stands in few lines, as large as it fits, and breaks after a comma', () => {
    expect(set('Batch size 1')).toEqual({ lines: ['Batch size 1'], size: 25 })
    expect(set('Train and test accuracy, batch size 32, learning rate 0.01, 200 epochs').lines).toEqual([
      'Train and test accuracy, batch size 32,',
      'learning rate 0.01, 200 epochs',
    ])
  })

  it('without commas breaks into lines of about the same length', () => {
    expect(set('How the batch size controls the stability of training').lines).toEqual([
      'How the batch size controls',
      'the stability of training',
    ])
  })

  it('of any length never leaves its room, and is cut where it must be', () => {
    const word = fc.stringMatching(/^[a-z0-9.,×–]{1,40}$/)
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), (words) => {
        const text = words.join(' ')
        const { lines, size } = set(text)
        expect(lines.length).toBeLessThanOrEqual(choices.find((choice) => choice.size === size)!.most)
        for (const line of lines) expect(outlineWidth(line, size, 'serif')).toBeLessThanOrEqual(width)
        const shown = lines.join(' ')
        expect(shown === text || (shown.endsWith('…') && text.startsWith(shown.slice(0, -1).trimEnd()))).toBe(true)
      }),
    )
  })
})
