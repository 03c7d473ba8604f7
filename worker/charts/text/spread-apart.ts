/**
 * Room for labels: those that would overlap are moved apart, as little as can be.
 */

/** How near two lines of text may come, in pixels. */
const gap = 16

/** Labels that touch: where the first of them would be best, on average, and which they are. */
interface Group {
  start: number
  members: number[]
}

/**
 * The positions of labels, the later of equal ones above, moved apart where they would overlap: least squares, by pooling those that touch (isotonic
 * regression, Barlow et al. 1972).
 */
export function spreadApart(positions: readonly number[]): number[] {
  const groups: Group[] = []
  const order = positions.map((_, index) => index).sort((a, b) => positions[a]! - positions[b]! || b - a)
  for (const index of order) {
    let group: Group = { start: positions[index]!, members: [index] }
    for (
      let before = groups.at(-1);
      before && before.start + before.members.length * gap > group.start;
      before = groups.at(-1)
    ) {
      groups.pop()
      const [many, few] = [before.members.length, group.members.length]
      const start = (many * before.start + few * (group.start - many * gap)) / (many + few)
      group = { start, members: [...before.members, ...group.members] }
    }
    groups.push(group)
  }
  const moved = [...positions]
  for (const { start, members } of groups) members.forEach((index, place) => (moved[index] = start + place * gap))
  return moved
}
