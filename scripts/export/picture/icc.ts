/** Colour profiles (ICC.1:2022, 7): what a browser needs of them to show colours, without their texts. */

/** The profile with every tag emptied that says nothing of colours; null for what is no profile. */
export function coloursAlone(profile: Uint8Array): Uint8Array | null {
  if (profile.length < 132 || Buffer.from(profile.subarray(36, 40)).toString('latin1') !== 'acsp') return null;
  const source = Buffer.from(profile);
  const clean = Buffer.alloc(source.length);
  source.copy(clean, 0, 0, HEADER);
  // Who made the profile, on which machine, when.
  for (const [from, to] of [
    [4, 8],
    [24, 36],
    [40, 44],
    [48, 56],
    [80, 100],
  ] as const)
    clean.fill(0, from, to);
  const count = Math.min(source.readUInt32BE(HEADER), MOST_TAGS);
  let kept = 0;
  for (let index = 0; index < count; index += 1) {
    const entry = HEADER + 4 + index * 12;
    if (entry + 12 > source.length) break;
    const [name, offset, size] = [
      source.toString('latin1', entry, entry + 4),
      source.readUInt32BE(entry + 4),
      source.readUInt32BE(entry + 8),
    ];
    if (!COLOURS.test(name) || offset + size > source.length) continue;
    source.copy(clean, HEADER + 4 + kept * 12, entry, entry + 12);
    source.copy(clean, offset, offset, offset + size);
    kept += 1;
  }
  clean.writeUInt32BE(kept, HEADER);
  return clean;
}

const HEADER = 128;
const MOST_TAGS = 100;
const COLOURS = /^(?:[rgbw]XYZ|[rgbk]TRC|wtpt|bkpt|chad|lumi|cicp|A2B[0-2]|B2A[0-2])$/;
