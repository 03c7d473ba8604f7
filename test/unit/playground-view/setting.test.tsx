/** The settings of the form: by picture, by layer, by a die; and those that the maker of a link froze. */
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { completeView } from '#charts/view.ts'
import { makeDataset } from '#datasets/dataset.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import { completeSpec, specFields, type PartialSpec, type SpecField } from '#experiment/spec/spec.ts'
import { datasetNames, datasets } from '#methods/datasets.ts'
import { readAddress } from '#playground-view/address.ts'
import { ExampleList } from '#playground-view/example-list.tsx'
import { examples } from '#playground-view/examples.ts'
import { SeedsChoice } from '#playground-view/seeds-choice.tsx'
import { linkToValue } from '#playground-view/settings-state.ts'
import { Settings } from '#playground-view/settings.tsx'

const setupOf = (given: PartialSpec, lock: readonly SpecField[] = []) => ({
  spec: completeSpec(given),
  shown: { view: completeView(), lock },
  typed: {},
  errors: [],
  normalized: [],
})
const formOf = (given: PartialSpec, lock?: readonly SpecField[]) =>
  renderToString(<Settings setup={setupOf(given, lock)} />)
const page = (lock: readonly SpecField[]) => formOf({ dataset: 'moons', learningRate: 0.1 }, lock)

describe('the form', () => {
  it('has every field of a spec once, and a group that is folded says what it holds', () => {
    const html = page([])
    for (const field of Object.keys(specFields))
      expect([field, html.match(new RegExp(`<(?:input|select)[^>]* name="${field}"`, 'g'))?.length ?? 0]).toEqual([
        field,
        expect.toSatisfy((count: number) => count >= 1),
      ])
    expect(html).toContain('<b>Optimizer and schedule</b> <span class="settings-summary">none</span>')
    const remedied = formOf({ optimizer: 'adam', averaging: 'swa' })
    expect(remedied).toContain('<span class="settings-summary">averaged (SWA), Adam</span>')
  })
})

describe('a frozen setting', () => {
  it('cannot be typed or chosen, is said to be frozen, and has no way to another value', () => {
    const html = page(['learningRate', 'dataset', 'activation', 'seed', 'hiddenUnits'])
    expect(html).toMatch(/<input id="set-learningRate"[^>]* readonly/)
    expect(html.match(/<input type="radio" name="dataset"[^>]* disabled/g)).toHaveLength(datasetNames.length)
    expect(html).toMatch(/<select id="set-activation"[^>]* disabled/)
    expect(html.match(/>frozen</g)).toHaveLength(5)
    expect(html).not.toContain('back to 0.01')
    expect(html).not.toContain('another seed')
    expect(page([])).toContain('back to 0.01')
  })

  it('is sent by the form all the same', () => {
    expect(page(['dataset'])).toMatch(/<input type="hidden" name="dataset" value="moons"/)
    expect(page(['activation'])).toMatch(/<input type="hidden" name="activation" value="relu"/)
    expect(page([])).not.toMatch(/<input type="hidden" name="(dataset|activation)"/)
  })
})

describe('the dataset', () => {
  it('is chosen by radio buttons with a picture each, the present one checked', () => {
    const html = page([])
    expect(html).toMatch(/<div[^>]*id="set-dataset"[^>]*role="radiogroup"[^>]*aria-labelledby="set-dataset-name"/)
    const radios = [...html.matchAll(/<input type="radio" name="dataset" value="(\w+)"( checked)?/g)]
    expect(radios.map(([, value, checked]) => [value, Boolean(checked)])).toEqual(
      datasetNames.map((name) => [name, name === 'moons']),
    )
  })

  it('has the points of the real thing in its picture: as many a class, and where they lie', () => {
    const pictures = [...page([]).matchAll(/<svg class="chart thumbnail"[^>]*>(.*?)<\/svg>/gs)].map(([, svg]) =>
      [...svg!.matchAll(/<path d="([^"]*)"/g)].map(([, path]) =>
        [...path!.matchAll(/M(\S+) (\S+?)h0/g)].map(([, x, y]) => [Number(x), Number(y)] as const),
      ),
    )
    expect(pictures.map((classes) => classes.length)).toEqual(datasetNames.map((name) => datasets[name].classes))
    datasetNames.forEach((dataset, index) => {
      // A table is drawn as rows of dots, because it may not be loaded.
      if (datasets[dataset].isTable) return
      const { coordinates, labels } = makeDataset(completeSpec({ dataset, examples: 90 }))
      const own = (label: number) =>
        Array.from(labels, (_, row) => row)
          .filter((row) => labels[row] === label)
          .map((row) => [coordinates[2 * row]!, coordinates[2 * row + 1]!] as const)
      pictures[index]!.forEach((points, label) => {
        const expected = own(label)
        expect(points).toHaveLength(expected.length)
        // One scale for both axes, and up is up: distances to the first point are in one proportion.
        const [first, other] = [0, expected.length - 1].map((at) => points[at]!) as [
          readonly [number, number],
          readonly [number, number],
        ]
        const [from, to] = [expected[0]!, expected.at(-1)!]
        const unit = (other[0] - first[0]) / (to[0] - from[0])
        points.forEach(([x, y], row) => {
          const [dx, dy] = [expected[row]![0] - from[0], expected[row]![1] - from[1]]
          expect(Math.abs(x - first[0] - unit * dx)).toBeLessThan(0.05 * Math.abs(unit * dx) + 0.3)
          expect(Math.abs(first[1] - y - unit * dy)).toBeLessThan(0.05 * Math.abs(unit * dy) + 0.3)
        })
      })
    })
  })
})

describe('hidden layers', () => {
  const layersIn = (given: PartialSpec) => {
    const html = formOf(given)
    return {
      text: /<input id="set-hiddenUnits"[^>]* value="([^"]*)"/.exec(html)?.[1],
      sliders: [...html.matchAll(/aria-label="units of layer (\d)" aria-valuetext="([^"]*)"[^>]* value="(\d+)"/g)].map(
        ([, layer, words, units]) => [Number(layer), words, Number(units)],
      ),
      removes: [...html.matchAll(/aria-label="remove layer (\d)"/g)].map(([, layer]) => Number(layer)),
      isFull: /<button[^>]*aria-disabled="true"[^>]*>add a layer/.test(html),
      said: /add a layer<\/button> <span>([^<]*)/.exec(html)?.[1],
    }
  }

  it('stand one by one with their units, beside the text that says the same', () => {
    expect(layersIn({ hiddenUnits: '50-1' })).toEqual({
      text: '50-1',
      sliders: [
        [1, '50 units', 50],
        [2, '1 unit', 1],
      ],
      removes: [1, 2],
      isFull: false,
      said: '2 layers',
    })
  })

  it('can be none, and at most as many as the field allows', () => {
    expect(layersIn({ hiddenUnits: 'none' })).toMatchObject({
      sliders: [],
      removes: [],
      said: 'none: straight lines part the classes',
    })
    expect(layersIn({ hiddenUnits: '5-6-7' })).toMatchObject({
      removes: [1, 2, 3],
      isFull: true,
      said: '3 layers, the most there can be',
    })
  })
})

describe('a die', () => {
  const throwOf = (given: PartialSpec, field: 'seed' | 'dataset seed') => {
    const [, address, label] =
      new RegExp(`<a href="([^"]*)" aria-label="(another ${field}: \\d+)"`).exec(formOf(given)) ?? []
    return [address?.replaceAll('&amp;', '&'), label]
  }

  it('leads to the next seed that no run has', () => {
    expect(throwOf({}, 'seed')).toEqual(['/playground?seed=2', 'another seed: 2'])
    expect(throwOf({ seeds: 30, seed: 5 }, 'seed')).toEqual(['/playground?seed=35&seeds=30', 'another seed: 35'])
    expect(throwOf({ seeds: 30 }, 'dataset seed')).toEqual([
      '/playground?datasetSeed=3&seeds=30',
      'another dataset seed: 3',
    ])
  })

  it('goes on with 0 after the last', () => {
    expect(throwOf({ seed: 4294967295 }, 'seed')).toEqual(['/playground?seed=0', 'another seed: 0'])
    expect(throwOf({ seed: 4294967250, seeds: 30 }, 'seed')[1]).toBe('another seed: 0')
    expect(throwOf({ datasetSeed: 4294967295 }, 'dataset seed')[1]).toBe('another dataset seed: 0')
  })
})

describe('the seeds beside the chart', () => {
  const choicesOf = (given: PartialSpec, lock?: readonly SpecField[]) => {
    const html = renderToString(<SeedsChoice setup={setupOf(given, lock)} />)
    const links = [...html.matchAll(/<a href="([^"]*)"([^>]*)><span>([^<]*)/g)].map(([, address, rest, text]) => ({
      text,
      address: address!.replaceAll('&amp;', '&'),
      isPresent: rest!.includes('aria-current'),
    }))
    return {
      links,
      refused: [...html.matchAll(/<button[^>]* disabled[^>]*><span>([^<]*)/g)].map(([, text]) => text),
      why: /id="seeds-refused">([^<]*)/.exec(html)?.[1],
    }
  }

  it('are 1, 10, 30 and 100, each a link to the same experiment', () => {
    const { links, refused, why } = choicesOf({ batchSize: 4, seeds: 10 })
    expect(links.map(({ text, address, isPresent }) => [text, address, isPresent])).toEqual([
      ['1', '/playground?batchSize=4', false],
      ['10', '/playground?batchSize=4&seeds=10', true],
      ['30', '/playground?batchSize=4&seeds=30', false],
      ['100', '/playground?batchSize=4&seeds=100', false],
    ])
    expect([refused, why]).toEqual([[], undefined])
  })

  it('have another number among them where that is chosen', () => {
    expect(choicesOf({ seeds: 12 }).links.map(({ text, isPresent }) => [text, isPresent])).toEqual([
      ['1', false],
      ['10', false],
      ['12', true],
      ['30', false],
      ['100', false],
    ])
  })

  it('say which of them cannot be, and why: what they lead to can be read', () => {
    const { links, refused, why } = choicesOf({ epochs: 2000 })
    expect(refused).toEqual(['100'])
    expect(why).toBe('100 cannot be: at most 50 with epochs=2000: seeds × epochs is at most 100000.')
    for (const { address } of links) readSpec(new URLSearchParams(address.split('?')[1]), {}, 'refuse')
    const stock = choicesOf({ epochs: 350, engine: 'layers' })
    expect(stock.refused).toEqual(['10', '30', '100'])
    expect(stock.why).toMatch(/cannot be: at most 1 with epochs=350: this is about [\d.]+ times the budget/)
  })

  it('are offered above the Worker’s budget, as the browser trains them', () => {
    expect(choicesOf({ batchSize: 1, epochs: 400, hiddenUnits: '128-128-128' }).refused).toEqual([])
  })

  it('are frozen with their setting', () => {
    const { links, refused, why } = choicesOf({ seeds: 10 }, ['seeds'])
    expect(links.map(({ text }) => text)).toEqual(['10'])
    expect([refused, why]).toEqual([['1', '30', '100'], '1, 30 and 100 cannot be: frozen by whoever made this link.'])
  })
})

describe('links of a page with frozen settings', () => {
  const hrefs = (html: string) =>
    [...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => new URL(href!.replaceAll('&amp;', '&'), 'http://x'))
  const spec = { learningRate: 0.02, batchSize: 8 } as const

  it('carry the lock and the frozen values: back to a default, to the tutorial, a die, the seeds, a start', () => {
    const setup = setupOf({ ...spec, momentum: 0.5 }, ['learningRate', 'noise'])
    const html = renderToString(
      <>
        <Settings setup={setup} />
        <SeedsChoice setup={setup} />
        <ExampleList setup={setup} />
      </>,
    )
    const links = hrefs(html)
    expect(links.length).toBeGreaterThan(2 + 1 + 2 + 4 + 10)
    for (const { search } of links) {
      const { spec: linked, shown } = readAddress(new URLSearchParams(search))
      expect(shown.lock).toEqual(['learningRate', 'noise'])
      expect(linked).toMatchObject({ learningRate: 0.02, noise: 2 })
    }
    expect(html).toContain('Here without its learning rate, frozen as set.')
  })

  it('keep a frozen value that would follow a default: another dataset has another noise', () => {
    const way = linkToValue(setupOf({ dataset: 'moons' }, ['noise']), 'dataset')
    expect(way).toEqual({ address: '/playground?noise=0.2&lock=noise' })
  })

  it('are none where an experiment does not go with what is frozen', () => {
    const html = renderToString(<ExampleList setup={setupOf({ classes: 7 }, ['classes'])} />)
    expect(html).toContain('Not with the frozen classes.')
    expect(hrefs(html).filter(({ search }) => search.includes('moons'))).toEqual([])
    expect(hrefs(html)).toHaveLength(examples.length - 1)
  })

  it('are as ever without a lock', () => {
    const html = renderToString(<ExampleList setup={setupOf({ learningRate: 0.5 })} />)
    expect(hrefs(html).map(({ search }) => search.slice(1))).toEqual(examples.map(({ query }) => query))
    expect(html).not.toContain('frozen')
    expect(formOf({ learningRate: 0.5 })).toContain('<a href="/playground">back to the tutorial’s settings</a>')
    expect(formOf({ learningRate: 0.5 }, ['learningRate'])).not.toContain('back to the tutorial’s settings')
  })
})
