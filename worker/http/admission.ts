/**
 * Admission control: decides whether trainings may start and their results may be stored. The operator can turn new
 * trainings off, and each client has a quota of work and of stored bytes.
 */
import type { Context, MiddlewareHandler } from 'hono'

import { assemblyLimits } from '#experiment/spec/limits.ts'

import type { AnswerSize, Lease } from './assembly-memory.ts'
import { clientKeys } from './client-key.ts'
import type { WorkerApp } from './environment.ts'
import { isSwitchedOff } from './training-switch.ts'
import { WorkQuota } from './work-quota.ts'

/** The error thrown while the operator has turned new trainings off. */
export class TrainingsOffError extends Error {
  override name = 'TrainingsOffError'
}

/** Middleware that gives every request access to this isolate's quotas. */
export function meterWork(): MiddlewareHandler<WorkerApp> {
  const shares = new WorkQuota()
  return (c, next) => {
    c.set('shares', shares)
    return next()
  }
}

/**
 * Checks that trainings may start, and takes their work from the client's quota.
 *
 * @param work estimated operations of all of them
 * @returns a function that returns work to the quota which turns out to have been done already
 * @throws TrainingsOffError, RateError
 */
export async function admit(c: Context<WorkerApp>, work: number): Promise<(done: number) => void> {
  if (c.env.TRAININGS === 'off' || (await isSwitchedOff(c.env.RESULTS))) throw new TrainingsOffError()
  return take(c, work)
}

/**
 * Reserves memory for a large answer and takes its work from the client's quota. This also applies while trainings are
 * off, and to cached numbers.
 *
 * @throws RateError, AssemblyError
 */
export async function admitAssembly(c: Context<WorkerApp>, size: AnswerSize): Promise<Lease> {
  await take(c, size.values * assemblyLimits.workPerValue)
  return c.get('assemblies').take(size, c.req.raw.signal)
}

/** Takes work from the client's quota. Returns a function that gives some of it back. */
async function take(c: Context<WorkerApp>, work: number): Promise<(done: number) => void> {
  const { TRAININGS, TRAINING_RATE } = c.env
  if (TRAININGS === 'unlimited') return () => {}
  const client = clientOf(c)
  const shares = c.get('shares')
  await shares.take(client, work, async () => (await TRAINING_RATE.limit({ key: client.address })).success)
  return (done) => shares.giveBack(client, done)
}

/** Whether this many bytes may be stored for the client. If so, they are taken from its quota. */
export function mayStore(c: Context<WorkerApp>, bytes: number): boolean {
  return c.env.TRAININGS === 'unlimited' || c.get('shares').takeBytes(clientOf(c), bytes)
}

/** The keys of the client under which quotas are counted. */
const clientOf = (c: Context<WorkerApp>) => clientKeys(c.req.header('CF-Connecting-IP') ?? '')
