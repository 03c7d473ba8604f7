/** The files of the tables in a browser: each is an asset with a hash in its name, which never changes. */
import type { TableName } from '#methods/datasets.ts'

const addresses: Readonly<Record<TableName, URL>> = {
  penguins: new URL('penguins.bin', import.meta.url),
  weather: new URL('weather.bin', import.meta.url),
  digits: new URL('digits.bin', import.meta.url),
  breastCancer: new URL('breastCancer.bin', import.meta.url),
}

const requests = new Map<TableName, Promise<ArrayBuffer>>()

/** The content of a table's file, requested once unless it fails. */
export function tableBytes(name: TableName): Promise<ArrayBuffer> {
  const request = requests.get(name) ?? download(name)
  requests.set(name, request)
  return request
}

async function download(name: TableName): Promise<ArrayBuffer> {
  try {
    const response = await fetch(addresses[name])
    if (!response.ok) throw new Error(`${response.status} for the table ${name}`)
    return await response.arrayBuffer()
  } catch (error) {
    requests.delete(name)
    throw error
  }
}
