/**
 * Recognizes local hosts: names and addresses that only this machine or its network can reach, for which HTTPS cannot
 * be expected.
 */

/** `localhost`, names of one label, and the domains that are reserved for local networks and for tests (RFC 6761, 6762). */
const localName = /^(?:[^.:]+|.*\.(?:localhost|local|internal|test|home\.arpa))$/
/** Loopback, private and link-local IPv4 addresses (RFC 1918, 3927), and the unspecified one. */
const localIpv4 = /^(?:0|10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+$/
/** Unspecified, loopback, unique local and link-local IPv6 addresses (RFC 4193, 4291), in the spelling of URLs. */
const localIpv6 = /^\[(?:::1?|f[cd][\da-f]{2}:.*|fe[89ab][\da-f]:.*)\]$/

/**
 * Whether a host is local.
 *
 * @param hostname in the form of `URL.hostname`: in lower case, IPv6 in brackets
 */
export function isLocalHost(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '')
  return localName.test(name) || localIpv4.test(name) || localIpv6.test(name)
}
