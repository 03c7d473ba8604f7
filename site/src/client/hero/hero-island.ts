/**
 * The island of the first screen: any batch size and learning rate of its sliders is trained in the browser, one run while
 * a slider moves and all seeds when it rests. Then the address and the live region for screen readers follow.
 */
import { readSpec } from '#experiment/spec/permalink.ts'
import { completeSpec, type ExperimentSpec, type PartialSpec } from '#experiment/spec/spec.ts'

import { addressQuery, replaceAddressQuery } from '../address.ts'
import { LiveExperiment } from '../live-experiment.ts'
import { registerSettable } from '../settable.ts'
import { canTrain, createTrainer } from '../trainer/trainer.ts'
import { dialFields, listenToDials, readDials, showDials } from './dials.ts'
import { Picture } from './picture.ts'
import { HeroRuns, type HeroProgress } from './training.ts'

/** As many as stand behind the numbers of the states in the page. */
const seeds = 100
/** How long a slider must not move to be at rest, in milliseconds. */
const restTime = 400
const first = completeSpec({ batchSize: 4 })

/** Takes over the first screen. */
export function mountHero(hero: HTMLElement): void {
  const island = new Island(hero)
  registerSettable(hero, (query) => (query ? island.open(query) : island.reset()))
}

class Island {
  readonly #hero: HTMLElement
  /** The live region for screen readers. */
  readonly #announcement: Element
  readonly #training: LiveExperiment | undefined
  #spec: typeof first
  /** What is shown was trained here, and is not one of the states in the page. */
  #isLive = false
  #isMoving = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #picture: Picture | undefined
  /** A slider has come to rest, and nothing was announced since. */
  #isToAnnounce = false

  constructor(hero: HTMLElement) {
    this.#hero = hero
    this.#spec = first
    this.#announcement = hero.querySelector('.told')!
    if (canTrain()) {
      const runs = new HeroRuns()
      this.#training = new LiveExperiment(createTrainer(), {
        onUpdate: (update) => this.#isLive && this.#draw(runs.describe(update)),
        onFailure: () => this.#giveUp(),
      })
    } else this.#giveUp()
    listenToDials(hero, {
      spec: () => this.#spec,
      onChoice: (batchSize) => this.#choose(batchSize),
      onMove: (change) => this.#move(change),
      onRest: () => this.#rest(),
    })
    this.#catchUp()
  }

  /** Shows what a query asks for; what it asks wrongly is left. */
  open(query: URLSearchParams): void {
    const asked = [...query].filter(([key]) => (dialFields as readonly string[]).includes(key))
    try {
      const { batchSize, learningRate } = readSpec(asked, {}, 'ignore').spec
      this.#move({ batchSize: query.has('batchSize') ? batchSize : this.#spec.batchSize, learningRate })
      this.#rest()
    } catch {
      showDials(this.#hero, this.#spec)
    }
  }

  /** Shows what was there at first. */
  reset(): void {
    this.#isLive = false
    this.#hero.classList.remove('live')
    this.#choose(first.batchSize)
  }

  /** What the reader did before this was there. */
  #catchUp(): void {
    const query = addressQuery()
    const { chosen, moved } = readDials(this.#hero, this.#spec)
    const size = query.get('batchSize')
    if (Object.keys(moved).length > 0) this.#move(moved)
    else if (this.#training && (query.has('learningRate') || (size !== null && size !== String(chosen))))
      this.open(query)
    else if (size !== String(chosen) && chosen !== first.batchSize) this.#choose(chosen)
    else this.#take(completeSpec({ batchSize: chosen }))
  }

  /** One of the states in the page, unless the reader has gone on to what is trained. */
  #choose(batchSize: ExperimentSpec['batchSize']): void {
    if (this.#isLive) {
      this.#move({ batchSize })
      this.#rest()
      return
    }
    this.#take(completeSpec({ batchSize }))
    this.#writeAddress()
    const state = this.#hero.querySelector(`[data-state="${batchSize}"]`)
    const words = Array.from(state?.querySelectorAll('.remark, dl > div') ?? [], (part) => part.textContent)
    this.#announcement.textContent = words.join('. ').replaceAll(/\s+/g, ' ')
  }

  #move(change: PartialSpec): void {
    if (!this.#training) return
    const next = completeSpec({ ...this.#spec, ...change })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#rest(), restTime)
    if (this.#isLive && dialFields.every((field) => next[field] === this.#spec[field])) return
    this.#isLive = true
    this.#isMoving = true
    this.#take(next)
    this.#training.train(next)
  }

  #rest(): void {
    clearTimeout(this.#timer)
    if (!this.#isMoving) return
    this.#isMoving = false
    this.#writeAddress()
    this.#isToAnnounce = true
    this.#training?.train({ ...this.#spec, seeds })
  }

  #draw(progress: HeroProgress): void {
    this.#picture ??= new Picture(this.#hero.querySelector('[data-state="4"]')!)
    const words = this.#picture.draw(progress, this.#isMoving)
    this.#hero.classList.add('live')
    // Once when the slider rests, and once more of all seeds.
    if (this.#isMoving || words === '' || !(this.#isToAnnounce || progress.isOver)) return
    this.#isToAnnounce = false
    this.#announcement.textContent = words
  }

  #take(spec: ExperimentSpec): void {
    this.#spec = spec
    showDials(this.#hero, spec)
  }

  /** The states in the page are all there is. */
  #giveUp(): void {
    const sliders = this.#hero.querySelector('.sliders')!
    for (const slider of sliders.querySelectorAll<HTMLElement>('.slider')) slider.hidden = true
    const why = canTrain() ? 'This page’s training has stopped.' : 'This browser cannot train by itself.'
    sliders.append(`${why} Any other experiment is in the playground.`)
    if (this.#isLive) this.reset()
  }

  #writeAddress(): void {
    const query = addressQuery()
    const { batchSize, learningRate } = this.#spec
    query.set('batchSize', String(batchSize))
    if (learningRate === first.learningRate) query.delete('learningRate')
    else query.set('learningRate', String(learningRate))
    replaceAddressQuery(query)
  }
}
