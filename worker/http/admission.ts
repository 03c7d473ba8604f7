/**
 * Whether a training may begin: the operator can turn new ones off, and one client cannot ask for too many.
 */
import type { Context } from 'hono'

import type { App } from './environment.ts'

/** The operator has turned new trainings off. */
export class TrainingsOffError extends Error {
  override name = 'TrainingsOffError'
}

/** One client has asked for too many new trainings. */
export class RateError extends Error {
  override name = 'RateError'
}

/**
 * Lets a training begin.
 *
 * @throws TrainingsOffError, RateError
 */
export async function admitTraining({ env, req }: Context<App>): Promise<void> {
  if (env.TRAININGS === 'off') throw new TrainingsOffError()
  if (env.TRAININGS === 'unlimited') return
  const { success } = await env.TRAINING_RATE.limit({ key: req.header('CF-Connecting-IP') ?? '' })
  if (!success) throw new RateError()
}
