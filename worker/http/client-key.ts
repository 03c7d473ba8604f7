/** The keys under which quotas count a client: its IPv4 address, or the /64 and /48 networks of its IPv6 address. */

/** The keys of a client. */
export interface ClientKeys {
  /**
   * An IPv4 address, or the first 64 bits of an IPv6 address, since one device or household has all 2^64 addresses of
   * such a network.
   */
  address: string
  /**
   * The first 48 bits of an IPv6 address: the network that one subscriber or site is assigned, with 65,536 /64
   * networks.
   */
  network?: string
}

/** The first six groups of an IPv4-mapped address (RFC 4291, section 2.5.5.2). */
const mapped = [0, 0, 0, 0, 0, 0xffff]

/**
 * The keys of a client address. An IPv4-mapped IPv6 address counts as its IPv4 address in either spelling.
 *
 * @param address as the platform provides it; any text that is not an address is used as it is
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
  // Only loopback is distinguished: other addresses may begin with as many zeros.
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

/** Two bytes of a dotted address as one group. */
const pair = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16)
