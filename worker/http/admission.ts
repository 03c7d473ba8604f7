/**
 * Whether trainings may begin, and their results be stored: the operator can turn new trainings off, and each client has
 * its quota of work and of stored bytes.
 */
import type { Context, MiddlewareHandler } from 'hono'

import { assemblyLimits } from '#experiment/spec/limits.ts'

import type { AnswerSize, Lease } from './assembly-memory.ts'
import { clientKeys } from './client-key.ts'
import type { WorkerApp } from './environment.ts'
import { isSwitchedOff } from './training-switch.ts'
import { WorkQuota } from './work-quota.ts'

/** The operator has turned new trainings off. */
export class TrainingsOffError extends Error {
  override name = 'TrainingsOffError'
}

/** Gives every request the shares that this isolate counts. */
export function meterWork(): MiddlewareHandler<WorkerApp> {
  const shares = new WorkQuota()
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
export async function admit(c: Context<WorkerApp>, work: number): Promise<(done: number) => void> {
  if (c.env.TRAININGS === 'off' || (await isSwitchedOff(c.env.RESULTS))) throw new TrainingsOffError()
  return take(c, work)
}

/**
 * Takes a place for a large answer, and its work out of the share of whoever asks: also where trainings are off, and where
 * its numbers are cached.
 *
 * @throws RateError, AssemblyError
 */
export async function admitAssembly(c: Context<WorkerApp>, size: AnswerSize): Promise<Lease> {
  await take(c, size.values * assemblyLimits.workPerValue)
  return c.get('assemblies').take(size, c.req.raw.signal)
}

/** Takes work out of the share of whoever asks, and returns what gives it back. */
async function take(c: Context<WorkerApp>, work: number): Promise<(done: number) => void> {
  const { TRAININGS, TRAINING_RATE } = c.env
  if (TRAININGS === 'unlimited') return () => {}
  const client = clientOf(c)
  const shares = c.get('shares')
  await shares.take(client, work, async () => (await TRAINING_RATE.limit({ key: client.address })).success)
  return (done) => shares.giveBack(client, done)
}

/** Whether so many bytes may be stored for whoever asks; then they are counted. */
export function mayStore(c: Context<WorkerApp>, bytes: number): boolean {
  return c.env.TRAININGS === 'unlimited' || c.get('shares').takeBytes(clientOf(c), bytes)
}

/** Who asks, as the quotas count. */
const clientOf = (c: Context<WorkerApp>) => clientKeys(c.req.header('CF-Connecting-IP') ?? '')
