/**
 * Whether trainings may begin: the operator can turn new ones off, and one address has its share of the work and no more.
 */
import type { Context, MiddlewareHandler } from 'hono'

import { placeOf } from './address.ts'
import type { App } from './environment.ts'
import { Shares } from './shares.ts'

/** The operator has turned new trainings off. */
export class TrainingsOffError extends Error {
  override name = 'TrainingsOffError'
}

/** Gives every request the shares that this isolate counts. */
export function countShares(): MiddlewareHandler<App> {
  const shares = new Shares()
  return (c, next) => {
    c.set('shares', shares)
    return next()
  }
}

/**
 * Lets trainings begin.
 *
 * @param work estimated operations of all of them
 * @returns what gives work back that turns out to be done already
 * @throws TrainingsOffError, RateError
 */
export async function admit(c: Context<App>, work: number): Promise<(done: number) => void> {
  const { TRAININGS, TRAINING_RATE } = c.env
  if (TRAININGS === 'off') throw new TrainingsOffError()
  if (TRAININGS === 'unlimited') return () => {}
  const place = placeOf(c.req.header('CF-Connecting-IP') ?? '')
  const shares = c.get('shares')
  await shares.take(place, work, async () => (await TRAINING_RATE.limit({ key: place })).success)
  return (done) => shares.giveBack(place, done)
}
