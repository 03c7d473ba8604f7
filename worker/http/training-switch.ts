/**
 * The operator's switch in KV: the value `off` under the key `switch:trainings` turns new trainings off. Unlike the
 * variable `TRAININGS`, it creates no new version of the Worker, so the edge's cache stays valid.
 */

/** The key of the switch; the keys of results are hexadecimal. */
const key = 'switch:trainings'
/** How long a value is cached, in this isolate and in KV's own cache, in seconds; 30 is KV's minimum. */
const heldFor = 30
/** The timeout for reading KV, in milliseconds. */
const patience = 1000

/** The last value read from a namespace. */
interface Reading {
  isOff: boolean
  at: number
}

const lastReadings = new WeakMap<KVNamespace, Reading>()

/** Whether trainings are turned off. If KV fails or does not answer in time, the last known value holds. */
export async function isSwitchedOff(namespace: KVNamespace): Promise<boolean> {
  const last = lastReadings.get(namespace)
  const elapsed = last && Date.now() - last.at
  if (last && elapsed! >= 0 && elapsed! < heldFor * 1000) return last.isOff
  const reading = { isOff: (await read(namespace)) ?? last?.isOff ?? false, at: Date.now() }
  lastReadings.set(namespace, reading)
  return reading.isOff
}

/** Reads the switch; undefined if KV fails. */
async function read(namespace: KVNamespace): Promise<boolean | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${patience} ms`)), patience)
  })
  try {
    return (await Promise.race([namespace.get(key, { cacheTtl: heldFor }), late])) === 'off'
  } catch (error) {
    console.warn(`switch: ${key} not read: ${String(error)}`)
    return undefined
  } finally {
    clearTimeout(timer)
  }
}
