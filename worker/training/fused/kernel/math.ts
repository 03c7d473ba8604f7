/**
 * Exponential, logarithm and activation functions for four float32 at a time. The kernel has its own, so that the bits
 * are the same on every host.
 *
 * Constants are stored in memory at `k`, because engines rebuild an immediate vector every time a loop passes it, and a
 * load is cheaper.
 */
import { muladd, VEC } from './vector'

/** Codes of the setting `activation`. */
export const RELU = 0
export const TANH = 1
export const SIGMOID = 2

/** Whether a code belongs to an activation that the kernel implements. */
export function isActivation(code: i32): bool {
  return code >= RELU && code <= SIGMOID
}

/** The number of constant vectors. */
export const CONSTANTS: usize = 26

@inline
function constant(k: usize, index: usize): v128 {
  return v128.load(k + index * VEC)
}

/** Writes the constants: `CONSTANTS` vectors from `k` on. */
export function writeConstants(k: usize): void {
  let at = k
  at = write(at, 1.4426950408889634) // 0: 1 / ln 2
  at = write(at, -80) // 1
  at = write(at, 12582912) // 2: 1.5·2²³; adding it rounds to a whole number
  at = write(at, 1) // 3
  at = write(at, 0.6931469775991943) // 4: 2ʳ = 1 + c₁r + … + c₅r⁵
  at = write(at, 0.24022242085377857)
  at = write(at, 0.05550733743189852)
  at = write(at, 0.009671512639582283)
  at = write(at, 0.0013264727217612428)
  at = write(at, 0.5) // 9
  at = write(at, 7.90531110763549805) // 10
  at = write(at, 4.89352455891786e-3) // 11: tanh x = x·(a₁ + a₃x² + … + a₁₃x¹²) / (b₀ + b₂x² + b₄x⁴ + b₆x⁶)
  at = write(at, 6.37261928875436e-4)
  at = write(at, 1.48572235717979e-5)
  at = write(at, 5.12229709037114e-8)
  at = write(at, -8.60467152213735e-11)
  at = write(at, 2.00018790482477e-13)
  at = write(at, -2.76076847742355e-16)
  at = write(at, 4.89352518554385e-3) // 18
  at = write(at, 2.268434632439e-3)
  at = write(at, 1.18534705686654e-4)
  at = write(at, 1.19825839466702e-6)
  v128.store(at, i32x4.splat(1)) // 22: class labels
  v128.store(at, i32x4.splat(2), VEC)
  v128.store(at, i32x4(0, 1, 2, 3), 2 * VEC)
  v128.store(at, i32x4(-1, 0, 0, 0), 3 * VEC)
}

function write(at: usize, value: f32): usize {
  v128.store(at, f32x4.splat(value))
  return at + VEC
}

@inline
export function one(k: usize): v128 {
  return constant(k, 3)
}
/** The label of class 1 or 2 in every lane. */
@inline
export function label(k: usize, c: usize): v128 {
  return constant(k, 21 + c)
}
/** Lanes 0, 1, 2, 3. */
@inline
export function lanes(k: usize): v128 {
  return constant(k, 24)
}
/** All bits of lane 0, none of the others. */
@inline
export function lane0(k: usize): v128 {
  return constant(k, 25)
}

/**
 * e^x for x ≤ 0, within 2 ulp of 1. Below e^−55 it stays constant, far from subnormal numbers, which are slow on some
 * processors.
 *
 * x / ln 2 = n + r, with n an integer and |r| ≤ ½. 2ʳ is a minimax polynomial with an error of 9e-8; 2ⁿ is set in the
 * exponent's bits.
 */
@inline
export function exp(x: v128, k: usize): v128 {
  const y = f32x4.pmax(f32x4.mul(x, constant(k, 0)), constant(k, 1))
  const shifted = f32x4.add(y, constant(k, 2))
  const r = f32x4.sub(y, f32x4.sub(shifted, constant(k, 2)))
  const r2 = f32x4.mul(r, r)
  const low = muladd(r, constant(k, 4), constant(k, 3))
  const middle = muladd(r, constant(k, 6), constant(k, 5))
  const high = muladd(r, constant(k, 8), constant(k, 7))
  const power = muladd(muladd(high, r2, middle), r2, low)
  return i32x4.add(power, i32x4.shl(shifted, 23))
}

/** ln x for x ≥ 1, within 2 ulp of 1. Not for inner loops, since its constants are immediates. */
@inline
export function log(x: v128): v128 {
  // x = m·2ⁿ with m from √½ to √2; ln m = 2·artanh s = 2s + 2s³/3 + 2s⁵/5 + … for s = (m − 1)/(m + 1), |s| < 0.172.
  const n = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23)
  const m = i32x4.sub(x, i32x4.shl(n, 23))
  const s = f32x4.div(f32x4.sub(m, f32x4.splat(1)), f32x4.add(m, f32x4.splat(1)))
  const s2 = f32x4.mul(s, s)
  let series = muladd(s2, f32x4.splat(2.0 / 9), f32x4.splat(2.0 / 7))
  series = muladd(s2, series, f32x4.splat(2.0 / 5))
  series = muladd(s2, series, f32x4.splat(2.0 / 3))
  series = muladd(s2, series, f32x4.splat(2))
  return muladd(f32x4.convert_i32x4_s(n), f32x4.splat(0.6931471805599453), f32x4.mul(s, series))
}

/**
 * max(0, x) as an integer comparison, which has a lower latency. It may turn a NaN into 0; divergence is still detected
 * by the parameters that caused it.
 */
@inline
export function relu(x: v128): v128 {
  return i32x4.max_s(x, i32x4.splat(0))
}

/**
 * tanh x by a rational function, within a few ulp of its value.
 *
 * Source of the coefficients: Eigen, `ptanh_float` (Unsupported/MathFunctionsImpl.h).
 */
@inline
function tanh(x: v128, k: usize): v128 {
  const limit = constant(k, 10)
  const z = f32x4.pmin(limit, f32x4.pmax(f32x4.neg(limit), x))
  const z2 = f32x4.mul(z, z)
  let over = muladd(z2, constant(k, 17), constant(k, 16))
  over = muladd(z2, over, constant(k, 15))
  over = muladd(z2, over, constant(k, 14))
  over = muladd(z2, over, constant(k, 13))
  over = muladd(z2, over, constant(k, 12))
  over = muladd(z2, over, constant(k, 11))
  let under = muladd(z2, constant(k, 21), constant(k, 20))
  under = muladd(z2, under, constant(k, 19))
  under = muladd(z2, under, constant(k, 18))
  return f32x4.div(f32x4.mul(z, over), under)
}

/** The activation of a unit's weighted sum. sigmoid x = ½ + ½·tanh ½x. */
@inline
export function activate(activation: i32, x: v128, k: usize): v128 {
  if (activation == RELU) return relu(x)
  if (activation == TANH) return tanh(x, k)
  const half = constant(k, 9)
  return muladd(half, tanh(f32x4.mul(half, x), k), half)
}

/** `delta` times the derivative of the activation function, expressed by its value `a`. */
@inline
export function derive(activation: i32, a: v128, delta: v128, k: usize): v128 {
  if (activation == RELU) return v128.and(delta, i32x4.gt_s(a, i32x4.splat(0)))
  if (activation == TANH) return f32x4.mul(delta, f32x4.sub(one(k), f32x4.mul(a, a)))
  return f32x4.mul(delta, f32x4.mul(a, f32x4.sub(one(k), a)))
}
