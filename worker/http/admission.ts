/**
 * Whether trainings may begin, and their results be stored: the operator can turn new trainings off, and each client has
 * its quota of work and of stored bytes.
 */
import type { Context, MiddlewareHandler } from 'hono'

import { assemblyLimits } from '#experiment/limits.ts'

import { clientKeys } from './address.ts'
import type { AnswerSize, Lease } from './assemblies.ts'
import type { App } from './environment.ts'
import { AnswerRateError, RateError, Shares } from './shares.ts'
import { isSwitchedOff } from './switch.ts'

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
  if (c.env.TRAININGS === 'off' || (await isSwitchedOff(c.env.RESULTS))) throw new TrainingsOffError()
  return take(c, work)
}

/**
 * Takes a place for a large answer, and its work out of the share of whoever asks: also where trainings are off, and where
 * its numbers are cached.
 *
 * @throws AnswerRateError, AssemblyError
 */
export async function admitAssembly(c: Context<App>, size: AnswerSize): Promise<Lease> {
  await take(c, size.values * assemblyLimits.workPerValue).catch((error: unknown) => {
    throw error instanceof RateError ? new AnswerRateError(error.seconds) : error
  })
  return c.get('assemblies').take(size, c.req.raw.signal)
}

/** Takes work out of the share of whoever asks, and returns what gives it back. */
async function take(c: Context<App>, work: number): Promise<(done: number) => void> {
  const { TRAININGS, TRAINING_RATE } = c.env
  if (TRAININGS === 'unlimited') return () => {}
  const client = clientOf(c)
  const shares = c.get('shares')
  await shares.take(client, work, async () => (await TRAINING_RATE.limit({ key: client.place })).success)
  return (done) => shares.giveBack(client, done)
}

/** Whether so many bytes may be stored for whoever asks; then they are counted. */
export function mayStore(c: Context<App>, bytes: number): boolean {
  return c.env.TRAININGS === 'unlimited' || c.get('shares').takeBytes(clientOf(c), bytes)
}

/** Who asks, as the quotas count. */
const clientOf = (c: Context<App>) => clientKeys(c.req.header('CF-Connecting-IP') ?? '')
