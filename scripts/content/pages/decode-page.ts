import { isUtf8 } from 'node:buffer';

export type Decoded = { ok: true; text: string } | { ok: false; line: number; column: number };

/** Reads bytes as UTF-8 without byte order mark and with `\n` as the only line end; else says where the first byte stands that is not text. */
export function decodeText(bytes: Uint8Array): Decoded {
  if (isUtf8(bytes)) {
    const text = new TextDecoder('utf-8').decode(bytes);
    const nul = text.indexOf('\0');
    if (nul === -1) return { ok: true, text: text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text };
    const before = text.slice(0, nul).split('\n');
    return { ok: false, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }
  return { ok: false, ...firstBadByte(bytes) };
}

/** A line feed is never part of a longer UTF-8 sequence, so the lines can be looked at one by one. */
function firstBadByte(bytes: Uint8Array): { line: number; column: number } {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed === -1 ? bytes.length : feed;
    const slice = bytes.subarray(start, end);
    if (!isUtf8(slice)) return { line, column: Math.max(0, new TextDecoder('utf-8').decode(slice).indexOf('\ufffd')) + 1 };
    start = end + 1;
  }
  return { line: 1, column: 1 };
}
