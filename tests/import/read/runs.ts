/** How often a law of reading is tried: seldom in `npm test`, for some formats are slow to write; as often as all others in `npm run test:long`. */
import fc from 'fast-check';

export function runs(few: number): { numRuns: number } {
  return { numRuns: fc.readConfigureGlobal()?.numRuns ?? few };
}
