/** Files as they arrive when something went wrong: cut off, with other bytes in places, pieces missing or doubled. */
import fc from 'fast-check';

export type Damage =
  | { type: 'cut'; at: number }
  | { type: 'replace'; at: number; bytes: Uint8Array }
  | { type: 'remove'; at: number; length: number }
  | { type: 'repeat'; at: number; length: number };

/** Places are fractions of the file. */
const place = fc.double({ min: 0, max: 1, noNaN: true });
const length = fc.integer({ min: 1, max: 40 });
const signs = fc.constantFrom(
  '"',
  '<',
  '>',
  '{',
  '}',
  '[',
  ']',
  '-->',
  '\n\n',
  '\n',
  '\r',
  '\0',
  ':',
  ',',
  '**',
  '•',
  '<!DOCTYPE x [',
  '&#x110000;',
  ']]>',
  '\ud800',
);

export const anyDamage: fc.Arbitrary<Damage[]> = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('cut' as const), at: place }),
    fc.record({
      type: fc.constant('replace' as const),
      at: place,
      bytes: fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 8 }),
        signs.map((text) => new TextEncoder().encode(text)),
      ),
    }),
    fc.record({ type: fc.constant('remove' as const), at: place, length }),
    fc.record({ type: fc.constant('repeat' as const), at: place, length }),
  ),
  { minLength: 1, maxLength: 5 },
);

export function damaged(bytes: Uint8Array, damage: readonly Damage[]): Uint8Array {
  return damage.reduce((file, each) => {
    const at = Math.floor(each.at * file.length);
    if (each.type === 'cut') return file.slice(0, at);
    if (each.type === 'remove') return joined(file.subarray(0, at), file.subarray(at + each.length));
    if (each.type === 'repeat') return joined(file.subarray(0, at + each.length), file.subarray(at));
    return joined(file.subarray(0, at), each.bytes, file.subarray(at + each.bytes.length));
  }, bytes);
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}
