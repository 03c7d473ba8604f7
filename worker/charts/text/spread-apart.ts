/** Label placement: moves overlapping labels apart as little as possible. */

/** The least distance between two lines of text, in pixels. */
const gap = 16

/** A group of touching labels: the position of the first that is best on average, and its members. */
interface Group {
  start: number
  members: number[]
}

/**
 * The positions of labels, moved apart where they would overlap; of equal ones, the later is above. This is least
 * squares by pooling adjacent labels (isotonic regression, Barlow et al. 1972).
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
