/**
 * Whether trainings may begin: the operator can turn new ones off, and one address has its share of the work and no more.
 */
import type { Context, MiddlewareHandler } from 'hono'

import { assemblyLimits } from '#experiment/limits.ts'

import { placeOf } from './address.ts'
import type { AnswerSize, Lease } from './assemblies.ts'
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
  if (c.env.TRAININGS === 'off') throw new TrainingsOffError()
  return take(c, work)
}

/**
 * Takes a place for a large answer, and its work out of the share of whoever asks: also where trainings are off, and where
 * its numbers are cached.
 *
 * @throws RateError, AssemblyError
 */
export async function admitAssembly(c: Context<App>, size: AnswerSize): Promise<Lease> {
  await take(c, size.values * assemblyLimits.workPerValue)
  return c.get('assemblies').take(size, c.req.raw.signal)
}

/** Takes work out of the share of whoever asks, and returns what gives it back. */
async function take(c: Context<App>, work: number): Promise<(done: number) => void> {
  const { TRAININGS, TRAINING_RATE } = c.env
  if (TRAININGS === 'unlimited') return () => {}
  const place = placeOf(c.req.header('CF-Connecting-IP') ?? '')
  const shares = c.get('shares')
  await shares.take(place, work, async () => (await TRAINING_RATE.limit({ key: place })).success)
  return (done) => shares.giveBack(place, done)
}
