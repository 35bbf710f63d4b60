/** Unpacks ZIP archives in memory, within limits. Checks the sizes that an archive claims and the checksums of its contents. */
import { crc32 } from 'node:zlib';
import { unzipSync } from 'fflate'; // Small, no dependencies, and it lets a filter refuse an entry before unpacking it.
import { ExpectedError } from '../../../shared/errors.ts';

/** The most bytes unpacked from one archive in all. */
export const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;

const MOST_ENTRIES = 20_000;

/** Returns the names and unpacked sizes of the entries, in order. Throws ExpectedError when the archive is truncated or damaged. */
export function listZip(bytes: Uint8Array, file: string): Map<string, number> {
  const sizes = new Map<string, number>();
  unpack(bytes, file, ({ name, originalSize }) => {
    sizes.set(name, originalSize);
    return false;
  });
  return sizes;
}

/** Unpacks the wanted entries. Throws ExpectedError when they are too large, truncated or damaged. */
export function unzip(bytes: Uint8Array, file: string, isWanted: (name: string) => boolean): Map<string, Uint8Array> {
  let total = 0;
  const entries = unpack(bytes, file, ({ name, originalSize }) => {
    if (!isWanted(name)) return false;
    total += originalSize;
    if (total > MAX_UNPACKED_BYTES) {
      throw new ExpectedError(`${file}: unpacked, the archive has more than ${MAX_UNPACKED_BYTES / 1024 / 1024} MB; no more is read`, {
        hint: 'an archive of texts is far smaller: export it without recordings and pictures',
      });
    }
    return true;
  });
  const sums = checksums(bytes);
  for (const [name, data] of Object.entries(entries)) {
    if (sums.get(name) !== undefined && sums.get(name) !== crc32(data)) throw damaged(file, `"${name}" does not have its checksum`);
  }
  return new Map(Object.entries(entries));
}

function unpack(
  bytes: Uint8Array,
  file: string,
  filter: (entry: { name: string; originalSize: number }) => boolean,
): Record<string, Uint8Array> {
  let entries = 0;
  try {
    return unzipSync(bytes, {
      filter: (entry) => {
        entries += 1;
        // A damaged directory may claim four billion entries, and the filter would see each of them.
        if (entries > MOST_ENTRIES) throw damaged(file, `it lists more than ${MOST_ENTRIES} entries`);
        return filter(entry);
      },
    });
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    // fflate throws its own errors, and a RangeError when sizes point outside the archive.
    throw damaged(file, error instanceof Error ? error.message : String(error), error);
  }
}

function damaged(file: string, reason: string, cause?: unknown): ExpectedError {
  return new ExpectedError(`${file}: the archive is not whole or damaged: ${reason}`, {
    hint: 'copy or export it again; what is left of it cannot be trusted',
    cause,
  });
}

/** Returns checksums by name, from the central directory: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12. */
function checksums(bytes: Uint8Array): Map<string, number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = new Map<string, number>();
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) return found;
  let at = view.getUint32(end + 16, true);
  while (at + 46 <= bytes.length && view.getUint32(at, true) === 0x02014b50) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [
      number,
      number,
      number,
    ];
    const encoding = (view.getUint16(at + 8, true) & 0x800) !== 0 ? 'utf-8' : 'latin1';
    found.set(Buffer.from(bytes.subarray(at + 46, at + 46 + nameLength)).toString(encoding), view.getUint32(at + 16, true));
    at += 46 + nameLength + extraLength + commentLength;
  }
  return found;
}
