/** Which keys the quotas count a client under. */
import { expect, it } from 'vitest'

import { clientKeys } from '../../../worker/http/client-key.ts'

it.each([
  ['192.0.2.7', '192.0.2.7', undefined],
  ['::ffff:192.0.2.7', '192.0.2.7', undefined],
  ['::FFFF:c000:0207', '192.0.2.7', undefined],
  ['0:0:0:0:0:ffff:c000:207', '192.0.2.7', undefined],
  ['::ffff:0102:0304', '1.2.3.4', undefined],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:0DB8:0001:0002:ffff::1', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:db8::5', '2001:db8:0:0::/64', '2001:db8:0::/48'],
  ['2001:db8:0:0:9::', '2001:db8:0:0::/64', '2001:db8:0::/48'],
  ['2001:db8::2:3:4:5:6', '2001:db8:0:2::/64', '2001:db8:0::/48'],
  ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64', '64:ff9b:0::/48'],
  ['::1', '::1', undefined],
  ['::2', '0:0:0:0::/64', '0:0:0::/48'],
  ['', '', undefined],
  ['1::2::3', '1::2::3', undefined],
  ['no:address', 'no:address', undefined],
])('%s is counted as %s, and within %s', (client, address, network) => {
  expect(clientKeys(client)).toEqual(network ? { address, network } : { address })
})
