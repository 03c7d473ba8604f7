/**
 * Whom an address stands for: a network of IPv6 gives each of its places 2^64 addresses, so they count as one.
 */

/**
 * What is counted together: an IPv4 address as it is, the first 64 bits of an IPv6 address, and the IPv4 address within
 * an IPv6 one that only wraps it.
 *
 * @param address as the platform names it; anything else stands for itself
 */
export function placeOf(address: string): string {
  const wrapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (wrapped) return wrapped[1]!
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const groupsOf = (text = '') => (text ? text.split(':') : [])
  const [before, after] = [groupsOf(head), groupsOf(tail)]
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after]
  const first = groups.slice(0, 4).map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
  return `${first.join(':')}::/64`
}
