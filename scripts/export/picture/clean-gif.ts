/** A GIF (GIF89a, sections 17 to 27) without comments, texts and the blocks of applications that do not repeat it. What follows its end is left out. */
export function cleanGif(bytes: Uint8Array): Uint8Array {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 13 + tableSize(source[10] ?? 0);
  const parts: Uint8Array[] = [source.subarray(0, at)];
  while (at < source.length) {
    const start = at;
    const kind = source[at];
    if (kind === EXTENSION) {
      at = endOfBlocks(source, at + 2);
      if (isNeeded(source, start)) parts.push(source.subarray(start, at));
    } else if (kind === IMAGE) {
      at = endOfBlocks(source, at + 11 + tableSize(source[at + 9] ?? 0));
      parts.push(source.subarray(start, at));
    } else break;
  }
  return Buffer.concat([...parts, Buffer.from([TRAILER])]);
}

function isNeeded(source: Buffer, at: number): boolean {
  const label = source[at + 1];
  return label === CONTROL || (label === APPLICATION && /^(?:NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(source.toString('latin1', at + 3, at + 14)));
}

/** Colours of three bytes; the lowest bits of the flags tell how many. */
function tableSize(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}

/** Blocks have their length in front; one of no length is the last. */
function endOfBlocks(source: Buffer, from: number): number {
  let at = from;
  while (at < source.length && (source[at] ?? 0) !== 0) at += 1 + (source[at] ?? 0);
  return Math.min(source.length, at + 1);
}

const [EXTENSION, IMAGE, TRAILER] = [0x21, 0x2c, 0x3b];
const [CONTROL, APPLICATION] = [0xf9, 0xff];
