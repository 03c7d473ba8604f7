/**
 * The SIMD operations that the rest of the kernel is written with, on four float32 at a time.
 *
 * Strict WebAssembly SIMD without relaxed instructions: multiplication and addition are rounded separately, so the bits
 * are the same on every processor.
 */

/** The bytes of a float32 or an int32, and of a vector of four. */
export const F32: usize = 4
export const VEC: usize = 16

/** a·b + c, rounded twice. */
@inline
export function muladd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(c, f32x4.mul(a, b))
}

/** The sum of the four lanes. */
@inline
export function sumLanes(a: v128): f32 {
  const pairs = f32x4.add(a, v128.shuffle<f32>(a, a, 2, 3, 0, 1))
  return f32x4.extract_lane(f32x4.add(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2)), 0)
}

/** The sum of the four int32 lanes. */
@inline
export function countLanes(a: v128): i32 {
  return i32x4.extract_lane(a, 0) + i32x4.extract_lane(a, 1) + i32x4.extract_lane(a, 2) + i32x4.extract_lane(a, 3)
}

/** Adds the lanes of a and b crosswise: the first step of summing them. */
@inline
export function addHalves(a: v128, b: v128): v128 {
  return f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7))
}

/**
 * The sums of the lanes of four vectors in the lanes of one, given `addHalves` of the first two and of the last two.
 */
@inline
export function joinHalves(ab: v128, cd: v128): v128 {
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7))
}

/** −1 in the lanes below `count`, 0 in the others. */
@inline
export function lanesBelow(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count))
}
