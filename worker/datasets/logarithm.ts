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

/**
 * The result of the last double-double operation: a number as the unevaluated sum of a double and its much smaller rest.
 * Operations write to it instead of allocating pairs, because a dataset takes many thousands of logarithms.
 */
const result = new Float64Array(2)

/** ln 2 = high + low, to 106 bits. */
const ln2High = Math.LN2
const ln2Low = 2.3190468138462996e-17
/**
 * 1/13, 1/11, … 1/3 to 106 bits, [terms][high, low]: the coefficients of the terms in double-double arithmetic, from the
 * last term to the first.
 */
const precise = Float64Array.from(
  [13, 11, 9, 7, 5, 3].flatMap((odd) => {
    divide(1, 0, odd, 0)
    return Array.from(result)
  }),
)
/** 1/31, 1/29, … 1/15: the coefficients of the terms in double precision, from the last to the first. */
const plain = Float64Array.from([31, 29, 27, 25, 23, 21, 19, 17, 15], (odd) => 1 / odd)

/**
 * The natural logarithm of a positive, normal number.
 *
 * @param x a positive, finite number that is not subnormal
 */
export function logarithm(x: number): number {
  words.setFloat64(0, x)
  const top = words.getUint32(0)
  let exponent = (top >>> 20) - 1023
  words.setUint32(0, (top & 0xfffff) | (1023 << 20))
  // x = mantissa·2^exponent with the mantissa between √½ and √2, so that the series converges fast.
  let mantissa = words.getFloat64(0)
  if (mantissa > Math.SQRT2) {
    mantissa /= 2
    exponent++
  }
  twoSum(mantissa, 1)
  const above = result[0]!
  const aboveLow = result[1]!
  twoSum(mantissa, -1)
  divide(result[0]!, result[1]!, above, aboveLow)
  const s = result[0]!
  const sLow = result[1]!
  multiply(s, sLow, s, sLow)
  const s2 = result[0]!
  const s2Low = result[1]!
  let series = 0
  for (let term = 0; term < plain.length; term++) series = series * s2 + plain[term]!
  let seriesLow = 0
  for (let term = 0; term < precise.length; term += 2) {
    multiply(series, seriesLow, s2, s2Low)
    add(result[0]!, result[1]!, precise[term]!, precise[term + 1]!)
    series = result[0]!
    seriesLow = result[1]!
  }
  multiply(series, seriesLow, s2, s2Low)
  multiply(result[0]!, result[1]!, s, sLow)
  add(s, sLow, result[0]!, result[1]!)
  const artanh = result[0]!
  const artanhLow = result[1]!
  multiply(ln2High, ln2Low, exponent, 0)
  add(result[0]!, result[1]!, 2 * artanh, 2 * artanhLow)
  return result[0]! + result[1]!
}

const words = new DataView(new ArrayBuffer(8))

/** a + b exactly, for any a and b (Knuth). */
function twoSum(a: number, b: number): void {
  const sum = a + b
  const fromB = sum - a
  result[0] = sum
  result[1] = a - (sum - fromB) + (b - fromB)
}

/** a + b exactly, where |a| is at least |b| (Dekker). */
function fastTwoSum(a: number, b: number): void {
  const sum = a + b
  result[0] = sum
  result[1] = b - (sum - a)
}

/** Half of the bits of a double: a = high + low with 26 bits each (Veltkamp). */
function highHalf(a: number): number {
  const shifted = 134217729 * a
  return shifted - (shifted - a)
}

/** The error of the rounded product of a and b, so that a·b = product + error exactly (Dekker). */
function errorOfProduct(a: number, b: number, product: number): number {
  const aHigh = highHalf(a)
  const aLow = a - aHigh
  const bHigh = highHalf(b)
  const bLow = b - bHigh
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow
}

function add(a: number, aLow: number, b: number, bLow: number): void {
  twoSum(a, b)
  const high = result[0]!
  const low = result[1]!
  twoSum(aLow, bLow)
  const lowLow = result[1]!
  fastTwoSum(high, low + result[0]!)
  fastTwoSum(result[0]!, result[1]! + lowLow)
}

function multiply(a: number, aLow: number, b: number, bLow: number): void {
  const product = a * b
  fastTwoSum(product, errorOfProduct(a, b, product) + (a * bLow + aLow * b))
}

function divide(a: number, aLow: number, b: number, bLow: number): void {
  const first = a / b
  multiply(b, bLow, first, 0)
  add(a, aLow, -result[0]!, -result[1]!)
  const rest = result[0]!
  const restLow = result[1]!
  const second = rest / b
  multiply(b, bLow, second, 0)
  add(rest, restLow, -result[0]!, -result[1]!)
  const third = result[0]! / b
  fastTwoSum(first, second)
  add(result[0]!, result[1]!, third, 0)
}
