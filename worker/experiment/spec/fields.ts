/**
 * The kinds of query fields: whole number, real, choice, flag, layers and schedule. Each is a zod codec between the
 * text in a URL and a value, so parsing, serialization, limits, types and error texts all follow from one declaration.
 *
 * A text that does not match the field's pattern is malformed (400); a value outside its limits is out of range (422).
 */
import * as z from 'zod/mini'

import { joinChanges, mostChanges, splitChanges } from './schedule.ts'

/** The values that a field allows, in a form from which controls can be built. */
export type Allowed =
  | { kind: 'whole' | 'real'; min: number; max: number }
  | { kind: 'wholeOr'; min: number; word: string }
  | { kind: 'choice'; words: readonly string[] }
  | { kind: 'flag' }
  | { kind: 'layers'; most: number; widest: number }
  | { kind: 'list'; words: readonly string[] }
  | { kind: 'schedule'; words: readonly string[]; most: number; value: Allowed }

/** Metadata of each codec: the title of the field and, in words and as data, the values it allows. */
export const about = z.registry<{
  title: string
  description: string
  allowed?: Allowed
  /** Words that the field does not allow although they will look right to someone, and what is expected instead. */
  reserved?: Readonly<Record<string, string>>
}>()

/** The schema of the decoded values of a codec: what JSON contains in place of the URL's text. */
export function valueOf<Codec extends z.ZodMiniType>(codec: Codec): z.ZodMiniType<z.output<Codec>> {
  return (codec instanceof z.ZodMiniCodec ? codec.def.out : codec) as z.ZodMiniType<z.output<Codec>>
}

/** Plain decimals, without sign, hexadecimal notation or spaces. */
const decimal = String.raw`\d+(?:\.\d+)?(?:e-?\d+)?`

const text = (pattern: string) => z.string().check(z.regex(new RegExp(`^(?:${pattern})$`)))

/** A field for a whole number in a range, both ends included. */
export function wholeField(title: string, min: number, max: number) {
  return z
    .codec(text(decimal), z.int().check(z.minimum(min), z.maximum(max)), { decode: Number, encode: String })
    .register(about, {
      title,
      description: `a whole number from ${min} to ${max}`,
      allowed: { kind: 'whole', min, max },
    })
}

/**
 * A field for a number in a range, both ends included. It has at most 6 significant digits, so that every value has one
 * short spelling.
 */
export function real(title: string, min: number, max: number) {
  const value = z.number().check(
    z.minimum(min),
    z.maximum(max),
    z.refine((given) => Number(given.toPrecision(6)) === given),
  )
  return z.codec(text(decimal), value, { decode: Number, encode: String }).register(about, {
    title,
    description: `a number from ${min} to ${max} with at most 6 significant digits`,
    allowed: { kind: 'real', min, max },
  })
}

/**
 * A field for one of a few words.
 *
 * @param reserved words that are not allowed but deserve an explanation: what is expected instead of each
 */
export function choice<const Words extends readonly [string, ...string[]]>(
  title: string,
  words: Words,
  reserved: Readonly<Record<string, string>> = {},
) {
  return z
    .enum(words)
    .register(about, { title, description: `one of ${words.join(', ')}`, allowed: { kind: 'choice', words }, reserved })
}

/**
 * A field for one or more of a few words, each at most once, written `x-y-x2`. Any order is read; the value has the order
 * of the table.
 */
export function list(title: string, words: readonly [string, ...string[]]) {
  const isAllowed = (value: string) => {
    const chosen = value.split('-')
    return chosen.every((word) => words.includes(word)) && new Set(chosen).size === chosen.length
  }
  return z
    .codec(text(String.raw`[a-z\d]+(?:-[a-z\d]+)*`), z.string().check(z.refine(isAllowed)), {
      decode: (given) =>
        given
          .split('-')
          .sort((a, b) => words.indexOf(a) - words.indexOf(b))
          .join('-'),
      encode: String,
    })
    .register(about, {
      title,
      description: `one or more of ${words.join(', ')}, each at most once, as ${[words[0], words[1], words[2]].join('-')}`,
      allowed: { kind: 'list', words },
    })
}

/** A field for the first hex digits of a hash. */
export function hexDigits(title: string, digits: number) {
  return text(`[0-9a-f]{${digits}}`).register(about, { title, description: `${digits} hex digits` })
}

/** A field for `true` or `false`. */
export function flag(title: string) {
  return z
    .codec(text('true|false'), z.boolean(), { decode: (given) => given === 'true', encode: String })
    .register(about, { title, description: 'true or false', allowed: { kind: 'flag' } })
}

/** A field for a whole number of at least `min`, or a word that stands for one. */
export function wholeOr<const Word extends string>(title: string, word: Word, min: number) {
  return z
    .codec(text(`${word}|${decimal}`), z.union([z.literal(word), z.int().check(z.minimum(min))]), {
      decode: (given): Word | number => (given === word ? word : Number(given)),
      encode: String,
    })
    .register(about, {
      title,
      description: `a whole number of at least ${min}, or ${word}`,
      allowed: { kind: 'wholeOr', min, word },
    })
}

/**
 * A field for hidden layers: `none`, or up to `most` layers of 1 to `widest` units, written `50-20` or, in tables,
 * `50x20`.
 */
export function layers(title: string, most: number, widest: number) {
  const isAllowed = (value: string) =>
    value === 'none' ||
    (value.split('-').length <= most && value.split('-').every((units) => +units >= 1 && +units <= widest))
  return z
    .codec(text(String.raw`none|\d+(?:[-x]\d+)*`), z.string().check(z.refine(isAllowed)), {
      decode: (given) => (given === 'none' ? given : given.split(/[-x]/).map(Number).join('-')),
      encode: String,
    })
    .register(about, {
      title,
      description: `none, or 1 to ${most} layers of 1 to ${widest} units, as 50-20`,
      allowed: { kind: 'layers', most, widest },
    })
}

/** The most epochs after which a schedule can change. */
const latestChange = 1999

/**
 * A field for a schedule: one of a few words, or values that hold from given epochs on, in ascending order, written
 * `50:32-100:256` or, in tables, `50to32-100to256`.
 *
 * @param value the field that each value of the schedule belongs to
 * @throws Error if `value` is not registered as a field
 */
export function schedule(
  title: string,
  words: readonly [string, ...string[]],
  value: z.ZodMiniType<unknown, string>,
  example: string,
) {
  const one = about.get(value)
  if (!one?.allowed) throw new Error('a schedule needs a field for its values')
  const isAllowed = (given: string) => {
    if (words.includes(given)) return true
    const changes = splitChanges(given)
    return (
      changes.length <= mostChanges &&
      changes.every(
        ([epoch, spelled], index) =>
          Number(epoch) > Number(changes[index - 1]?.[0] ?? 0) &&
          Number(epoch) <= latestChange &&
          z.safeDecode(value, spelled).success,
      )
    )
  }
  const plain = (spelled: string) => {
    const read = z.safeDecode(value, spelled)
    return read.success ? z.encode(value, read.data) : spelled
  }
  const change = String.raw`\d+(?::|to)(?:full|${decimal})`
  return z
    .codec(text(`${words.join('|')}|${change}(?:-${change})*`), z.string().check(z.refine(isAllowed)), {
      decode: (given) =>
        /\d/.test(given)
          ? joinChanges(
              splitChanges(given.replaceAll('to', ':')).map(([epoch, spelled]) => ({
                epoch: Number(epoch),
                value: plain(spelled),
              })),
            )
          : given,
      encode: String,
    })
    .register(about, {
      title,
      description: `${words.join(', ')}, or up to ${mostChanges} changes, each after an epoch from 1 to ${latestChange} and in their order, as ${example} (each value ${one.description})`,
      allowed: { kind: 'schedule', words, most: mostChanges, value: one.allowed },
    })
}

/**
 * The text of a value in a CSV cell. Spreadsheets read `5-10` as a date and `10:32` as a time, so layers are separated
 * by `x` and changes are written with `to`: `5x10`, `10to32-50to256`. Queries accept these spellings, too.
 */
export function cellText(codec: z.ZodMiniType, spelled: string): string {
  const kind = about.get(codec)?.allowed?.kind
  if (kind === 'layers') return spelled.replaceAll('-', 'x')
  return kind === 'schedule' ? spelled.replaceAll(':', 'to') : spelled
}
