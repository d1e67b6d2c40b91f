/** Which numbers of jobs that go together are worth measuring. */
const FEW_LANES = 4;

/** From one to all: each number of a few lanes, of many the powers of two and all. */
export function selectLaneCounts(lanes: number): number[] {
  const all = Array.from({ length: lanes }, (_, index) => index + 1);
  return all.filter((count) => lanes <= FEW_LANES || count === lanes || Number.isInteger(Math.log2(count)));
}
