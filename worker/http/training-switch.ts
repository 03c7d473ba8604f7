/**
 * The operator's switch in KV: `switch:trainings` with the value `off` turns new trainings off. Other than the variable
 * `TRAININGS` it makes no new version of the Worker, so what the edge has cached stays.
 */

/** Its key; results have keys of hexadecimal digits. */
const key = 'switch:trainings'
/** How long what was read holds, in this isolate and in KV's own cache, in seconds: 30 is the least that KV takes. */
const heldFor = 30
/** How long to wait for KV, in milliseconds. */
const patience = 1000

/** What was read last, of a namespace. */
interface Reading {
  isOff: boolean
  at: number
}

const lastReadings = new WeakMap<KVNamespace, Reading>()

/** Whether the switch is off. Where KV fails, or does not answer in time, it is as it was when it was read last. */
export async function isSwitchedOff(namespace: KVNamespace): Promise<boolean> {
  const last = lastReadings.get(namespace)
  const elapsed = last && Date.now() - last.at
  if (last && elapsed! >= 0 && elapsed! < heldFor * 1000) return last.isOff
  const reading = { isOff: (await read(namespace)) ?? last?.isOff ?? false, at: Date.now() }
  lastReadings.set(namespace, reading)
  return reading.isOff
}

/** What KV says now, or undefined where it fails. */
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
