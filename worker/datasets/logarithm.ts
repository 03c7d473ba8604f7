/**
 * The correctly rounded natural logarithm, with the same bits on every host, whereas `Math.log` may differ in the last
 * bit. The C libraries that NumPy runs on, glibc among them, do not always round correctly, so a few points of a
 * dataset differ from scikit-learn's, by less than 1e-14.
 *
 * log(m·2^k) = k·ln 2 + 2·artanh(s), s = (m − 1)/(m + 1), with artanh(s) = s + s³/3 + s⁵/5 + …
 * The first terms are summed in double-double arithmetic (about 106 bits: the unevaluated sum of two doubles); the
 * others, less than 2⁻³⁹ of the sum, in double precision. An error of about 2⁻⁹² remains, so about one in 2³⁹ values is
 * rounded incorrectly.
 *
 * Sources: Dekker, "A floating-point technique for extending the available precision" (1971); Knuth, TAOCP 2, 4.2.2.
 */

/** A number as the unevaluated sum of a double and its much smaller rest. */
type DoubleDouble = readonly [high: number, low: number]

/** ln 2 = high + low, to 106 bits. */
const ln2: DoubleDouble = [Math.LN2, 2.3190468138462996e-17]
/** 1/3, 1/5, … 1/13 to 106 bits: the coefficients of the terms in double-double arithmetic. */
const precise: readonly DoubleDouble[] = [3, 5, 7, 9, 11, 13].map((odd) => divide([1, 0], [odd, 0]))
/** 1/15, 1/17, … 1/31: the coefficients of the terms in double precision. */
const plain: readonly number[] = [15, 17, 19, 21, 23, 25, 27, 29, 31].map((odd) => 1 / odd)

/**
 * The natural logarithm of a positive, normal number.
 *
 * @param x a positive, finite number that is not subnormal
 */
export function logarithm(x: number): number {
  const [mantissa, exponent] = splitExponent(x)
  const s = divide(twoSum(mantissa, -1), twoSum(mantissa, 1))
  const s2 = multiply(s, s)
  const rest = plain.reduceRight((sum, coefficient) => sum * s2[0] + coefficient, 0)
  let series: DoubleDouble = [rest, 0]
  for (const coefficient of [...precise].reverse()) series = add(multiply(series, s2), coefficient)
  const artanh = add(s, multiply(multiply(series, s2), s))
  const [high, low] = add(multiply(ln2, [exponent, 0]), [2 * artanh[0], 2 * artanh[1]])
  return high + low
}

const words = new DataView(new ArrayBuffer(8))

/** x = mantissa·2^exponent with the mantissa between √½ and √2, so that the series converges fast. */
function splitExponent(x: number): [mantissa: number, exponent: number] {
  words.setFloat64(0, x)
  const top = words.getUint32(0)
  let exponent = (top >>> 20) - 1023
  words.setUint32(0, (top & 0xfffff) | (1023 << 20))
  let mantissa = words.getFloat64(0)
  if (mantissa > Math.SQRT2) {
    mantissa /= 2
    exponent++
  }
  return [mantissa, exponent]
}

/** a + b exactly, for any a and b (Knuth). */
function twoSum(a: number, b: number): DoubleDouble {
  const sum = a + b
  const fromB = sum - a
  return [sum, a - (sum - fromB) + (b - fromB)]
}

/** a + b exactly, where |a| is at least |b| (Dekker). */
function fastTwoSum(a: number, b: number): DoubleDouble {
  const sum = a + b
  return [sum, b - (sum - a)]
}

/** a·b exactly (Dekker, with Veltkamp's split of 53 bits into 26 and 27). */
function twoProduct(a: number, b: number): DoubleDouble {
  const product = a * b
  const [aHigh, aLow] = halves(a)
  const [bHigh, bLow] = halves(b)
  return [product, aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow]
}

function halves(a: number): DoubleDouble {
  const shifted = 134217729 * a
  const high = shifted - (shifted - a)
  return [high, a - high]
}

function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const [high, low] = twoSum(a[0], b[0])
  const [lowHigh, lowLow] = twoSum(a[1], b[1])
  const sum = fastTwoSum(high, low + lowHigh)
  return fastTwoSum(sum[0], sum[1] + lowLow)
}

function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const [high, low] = twoProduct(a[0], b[0])
  return fastTwoSum(high, low + (a[0] * b[1] + a[1] * b[0]))
}

function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const first = a[0] / b[0]
  const rest = subtract(a, multiply(b, [first, 0]))
  const second = rest[0] / b[0]
  const rest2 = subtract(rest, multiply(b, [second, 0]))
  return add(fastTwoSum(first, second), [rest2[0] / b[0], 0])
}

function subtract(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  return add(a, [-b[0], -b[1]])
}
