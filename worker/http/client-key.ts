/**
 * Which keys the quotas of new work count a client under: its IPv4 address, or its IPv6 networks.
 */

/** The keys of a client. */
export interface ClientKeys {
  /** An IPv4 address, or the first 64 bits of an IPv6 address: one place, which has 2^64 addresses of its own. */
  address: string
  /** The first 48 bits of an IPv6 address: what one subscriber or site is given, 65,536 places. */
  network?: string
}

/** The first six groups of an IPv4-mapped address (RFC 4291, 2.5.5.2). */
const mapped = [0, 0, 0, 0, 0, 0xffff]

/**
 * The keys of an address. An IPv4 address that an IPv6 one wraps counts as itself, in either spelling of it.
 *
 * @param address as the platform names it; what is no address stands for itself
 */
export function clientKeys(address: string): ClientKeys {
  const groups = groupsOf(address)
  if (!groups) return { address: address }
  if (mapped.every((group, index) => groups[index] === group)) {
    const [high, low] = [groups[6]!, groups[7]!]
    return { address: [high >> 8, high & 255, low >> 8, low & 255].join('.') }
  }
  const prefix = (length: number) =>
    `${groups
      .slice(0, length / 16)
      .map((group) => group.toString(16))
      .join(':')}::/${length}`
  // Loopback alone: other addresses begin with as many zeros.
  if (groups.slice(0, 7).every((group) => group === 0) && groups[7] === 1) return { address: '::1' }
  return { address: prefix(64), network: prefix(48) }
}

/** The eight groups of an IPv6 address; undefined for anything else. */
function groupsOf(address: string): number[] | undefined {
  const dotted = /^(.*:)(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)
  const text = dotted ? dotted[1]! + pair(dotted[2]!, dotted[3]!) + ':' + pair(dotted[4]!, dotted[5]!) : address
  const halves = text.split('::').map((half) => (half ? half.split(':') : []))
  const [before = [], after] = halves
  const zeros = 8 - before.length - (after?.length ?? 0)
  if (halves.length > 2 || (after ? zeros < 0 : zeros !== 0)) return undefined
  const groups = after ? [...before, ...Array<string>(zeros).fill('0'), ...after] : before
  return groups.every((group) => /^[\da-f]{1,4}$/i.test(group)) ? groups.map((group) => parseInt(group, 16)) : undefined
}

/** Two bytes of a dotted address as a group. */
const pair = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16)
