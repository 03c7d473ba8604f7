/** Arbitrary queries: what people, programs and attackers may write behind the question mark. */
import fc from 'fast-check'
import * as z from 'zod/mini'

import { about, valueOf } from '#experiment/spec/fields.ts'
import { permalink } from '#experiment/spec/permalink.ts'
import { specFields, type PartialSpec } from '#experiment/spec/spec.ts'

import { documentation, type Documentation } from '../../worker/http/openapi/routes.ts'
import { fieldsAndSpec } from './arbitrary-spec.ts'
import { extremeSpecs } from './extreme-specs.ts'

/** The view keys of a route, each with what it declares to be allowed. */
function viewOf({ query = {} }: Pick<Documentation, 'query'>) {
  return Object.entries(query).filter(([field]) => !(field in specFields))
}

/** Every view key that a route has: most routes refuse most of them. */
const viewKeys = [...new Set(documentation.flatMap((route) => viewOf(route).map(([field]) => field)))]
const unknownKeys = [
  '',
  'fbclid',
  'foo',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'Epochs',
  'epochs[]',
]

/** Numbers as they should not be spelled, and some that are only just right. */
const spellings = [
  '0 1 2 3 10 450 500 501 4294967295 4294967296 0.1 0.9 0.999 1e-5 1e3 -0 -1 +1 01 1. .5 1e 1e+2 1e999 0x10 0b1 1_000',
  '1,000 １ ٣ NaN Infinity -Infinity 9007199254740993 0.1234567',
].flatMap((line) => line.split(' '))
const padded = ['', ' ', '1 ', ' 1', '1\n', '1\0', '9'.repeat(400)]
/** The words of every choice. */
const choices = Object.values(specFields).flatMap((field) => {
  const allowed = about.get(field)?.allowed
  return allowed?.kind === 'choice' ? allowed.words : []
})
/** Words that fields know, and words that they do not. */
const words = [
  `full none true false ${choices.join(' ')} 50 50-20`,
  '50- -50 129 8-8-8-8 0-1 FULL True null undefined [] 1,2 full,5 0.1,0.01 1,,2 , relu,tanh 1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8',
].flatMap((line) => line.split(' '))
/** What would do harm where a page, a picture, a table or a header took it as it is. */
const attacks = [
  '<script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  "'-alert(1)-'",
  ']]><!--',
  '&lt;&#0;&bogus;',
  'javascript:alert(1)',
  '=cmd|"/c calc"!A1',
  '@SUM(1)',
  '+1-1',
  '-2+3',
  '\t=1',
  '\r\nSet-Cookie: a=b',
  '../../etc/passwd',
  "' OR 1=1 --",
  '{{7*7}}',
  '${7*7}',
  '\u202e\u0000\ufffe',
  '😀',
]

const value = fc.oneof(
  fc.constantFrom(...spellings, ...padded),
  fc.constantFrom(...words),
  fc.constantFrom(...attacks),
  fc.integer({ min: -10, max: 600 }).map(String),
  fc.double().map(String),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const key = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...Object.keys(specFields)) },
  { weight: 1, arbitrary: fc.constantFrom(...viewKeys, ...unknownKeys) },
  { weight: 1, arbitrary: fc.constantFrom(...attacks) },
)

/** Values of a view key that are right, and now and then one that is not. */
function viewValue([, codec]: [string, z.ZodMiniType]): fc.Arbitrary<string> {
  const schema = z.toJSONSchema(valueOf(codec))
  const right = schema.enum
    ? fc.constantFrom(...schema.enum.map(String))
    : fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 9 }).map(String)
  return fc.oneof({ weight: 20, arbitrary: right }, { weight: 1, arbitrary: value })
}

/** Some of a route's view keys. */
function view(route: Documentation): fc.Arbitrary<string> {
  const keys = viewOf(route)
  return fc
    .record(Object.fromEntries(keys.map((one) => [one[0], viewValue(one)])), { requiredKeys: [] })
    .map((given) => {
      const query = new URLSearchParams()
      for (const [field, text] of Object.entries(given)) if (text !== undefined) query.set(field, text.toWellFormed())
      return query.toString()
    })
}

/** Experiments whose values are hard to hold, with other settings that take no time. */
const extreme = fc
  .tuple(
    fc.constantFrom(...Object.values(extremeSpecs)),
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 0, max: 9 }),
  )
  .map(([spec, seeds, seed]) =>
    new URLSearchParams(
      Object.entries({ seeds, seed, ...spec } satisfies PartialSpec).map(([field, given]) => [field, String(given)]),
    ).toString(),
  )

/** Some fields, each with any value. */
const pairs = fc
  .array(fc.tuple(key, value), { maxLength: 4 })
  .map((given) =>
    new URLSearchParams(given.map(([name, text]) => [name.toWellFormed(), text.toWellFormed()])).toString(),
  )

/** Text that is not even a query. */
const raw = fc
  .array(
    fc.oneof(
      fc.constantFrom('%', '%zz', '%00', '%ff', '%C0%80', '&', '&&', '=', '?', ';', '+', 'epochs', 'seed=1'),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join('').replaceAll('#', '').toWellFormed())

/** Settings of a training that takes no time. */
const small = fc.record({
  epochs: fc.integer({ min: 1, max: 3 }),
  examples: fc.integer({ min: 10, max: 60 }),
  seeds: fc.integer({ min: 1, max: 3 }),
  batchSize: fc.constantFrom('full' as const, 5),
  seed: fc.integer({ min: 0, max: 9 }),
})

/** A spec that can be given, with one field more, or fewer settings changed than it might. */
const nearlyRight = fc
  .tuple(
    fieldsAndSpec,
    small,
    fc.option(fc.tuple(fc.constantFrom('hiddenUnits', 'learningRate', 'momentum', 'activation', 'noise'), value)),
  )
  .map(([{ spec }, settings, change]) => {
    const { batchSize, ...rest } = { ...spec, ...settings }
    const isFitting = batchSize === 'full' || Math.round(rest.examples * rest.trainFraction) >= 5
    const query = new URL(permalink({ ...rest, batchSize: isFitting ? batchSize : 'full' }), 'http://a')
    if (change) query.searchParams.append(change[0], change[1].toWellFormed())
    return query.searchParams.toString()
  })

/** Several experiments, by lists in one field or two. */
const lists = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom('full', '1', '2', '5', '9', '10'), { minLength: 2, maxLength: 5 }),
    fc.constantFrom(
      '',
      'shuffle=true,false',
      'hiddenUnits=none,8-2',
      'learningRate=0.01,1e-1,10',
      'activation=relu&activation=tanh',
      'examples=20,30',
      'epochs=2,3',
      'seed=1,2,3,4,5,6,7,8,9,10,11,12,13',
      'dataset=blobs,moons',
    ),
    fc.integer({ min: 1, max: 4 }),
  )
  .map(([sizes, other, epochs]) =>
    [`batchSize=${sizes.join(',')}`, other, 'examples=20', `epochs=${epochs}`]
      // A list stands in place of the one value.
      .filter((pair, index) => pair && !(index > 1 && other.startsWith(pair.split('=')[0]!)))
      .join('&'),
  )

/** Everything behind the question mark of a route. */
export function anyQuery(route: Documentation): fc.Arbitrary<string> {
  const shown = (query: fc.Arbitrary<string>) =>
    fc.tuple(query, view(route)).map((parts) => parts.filter(Boolean).join('&'))
  return fc.oneof(
    { weight: 4, arbitrary: shown(nearlyRight) },
    { weight: 2, arbitrary: shown(extreme) },
    ...(route.takesLists ? [{ weight: 3, arbitrary: shown(lists) }] : []),
    { weight: 4, arbitrary: pairs },
    { weight: 1, arbitrary: raw },
    { weight: 1, arbitrary: fc.tuple(nearlyRight, pairs).map((parts) => parts.join('&')) },
  )
}
