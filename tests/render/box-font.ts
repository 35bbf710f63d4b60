/**
 * Makes the font `templates/theme/styles/box.ttf`, which shows a box for every character: the last of each of the theme's fonts. TrueType as in Microsoft's
 * OpenType specification 1.9; `cmap` format 13 has one glyph for any number of characters.
 */

/** In units of a thousandth of the font size. */
const [ADVANCE, LEFT, RIGHT, BOTTOM, TOP, STROKE] = [700, 80, 620, -60, 680, 60];
const [ASCENT, DESCENT] = [1000, -300];

/** The bytes of the font; the same ones every time. */
export function makeBoxFont(): Uint8Array {
  const outline = glyf();
  const tables: Record<string, Uint8Array> = {
    'OS/2': os2(),
    cmap: cmap(),
    glyf: outline,
    head: head(),
    hhea: hhea(),
    hmtx: bytes(ADVANCE, 0, ADVANCE, LEFT),
    loca: bytes(0, 0, outline.length / 2),
    maxp: bytes(1, 0, 2, 8, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    name: name(),
    post: bytes(3, 0, 0, 0, -100, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
  };
  return assemble(tables);
}

/** Numbers as 16 bits each, the largest first. */
function bytes(...numbers: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.length * 2));
  for (const [index, value] of numbers.entries()) view.setUint16(index * 2, value & 0xffff);
  return new Uint8Array(view.buffer);
}

const long = (value: number): [number, number] => [value >>> 16, value & 0xffff];
const join = (parts: readonly Uint8Array[]) => new Uint8Array(parts.flatMap((part) => [...part]));

/** A frame: one contour around it, one around its inside, the other way round. */
function glyf(): Uint8Array {
  const [left, right, bottom, top] = [LEFT + STROKE, RIGHT - STROKE, BOTTOM + STROKE, TOP - STROKE];
  const points = [
    [LEFT, BOTTOM],
    [LEFT, TOP],
    [RIGHT, TOP],
    [RIGHT, BOTTOM],
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
  ];
  const steps = (axis: 0 | 1) => points.map((point, index) => (point[axis] ?? 0) - (points[index - 1]?.[axis] ?? 0));
  const header = bytes(2, LEFT, BOTTOM, RIGHT, TOP, 3, 7, 0);
  // On the curve, and both steps are words.
  return join([header, new Uint8Array(points.length).fill(1), bytes(...steps(0), ...steps(1))]);
}

/** Every character that a browser draws; it has no use for a glyph of the others. */
function cmap(): Uint8Array {
  const unseen = /[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Cc}\p{Cs}]/u;
  const groups: [first: number, last: number][] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    if (unseen.test(String.fromCodePoint(code))) continue;
    const last = groups.at(-1);
    if (last !== undefined && last[1] === code - 1) last[1] = code;
    else groups.push([code, code]);
  }
  const body = groups.flatMap(([first, last]) => [...long(first), ...long(last), ...long(1)]);
  return bytes(0, 1, 3, 10, ...long(12), 13, 0, ...long(16 + body.length * 2), ...long(0), ...long(groups.length), ...body);
}

function head(): Uint8Array {
  // The checksum of the file (4th and 5th word) is filled in when all is there.
  const date = [0, 0, ...long(0)];
  return bytes(1, 0, 1, 0, ...long(0), ...long(0x5f0f3cf5), 3, 1000, ...date, ...date, LEFT, BOTTOM, RIGHT, TOP, 0, 8, 2, 0, 0);
}

function hhea(): Uint8Array {
  return bytes(1, 0, ASCENT, DESCENT, 0, ADVANCE, 0, ADVANCE - RIGHT, RIGHT, 1, 0, 0, 0, 0, 0, 0, 0, 2);
}

function os2(): Uint8Array {
  const script = [650, 600, 0, 75, 650, 600, 0, 350, 50, 300];
  const panose = [0, 0, 0, 0, 0];
  return bytes(
    ...[4, ADVANCE, 400, 5, 0, ...script, 0, ...panose, ...long(0), ...long(0), ...long(0), ...long(0)],
    // No maker; regular; the first and the last character.
    ...[0x2020, 0x2020, 0x40, 0x21, 0xffff, ASCENT, DESCENT, 0, ASCENT, -DESCENT, ...long(0), ...long(0), 500, 680, 0, 32, 1],
  );
}

function name(): Uint8Array {
  const entries: [id: number, text: string][] = [
    [1, 'Briefdeck Box'],
    [2, 'Regular'],
    [4, 'Briefdeck Box'],
    [6, 'BriefdeckBox'],
  ];
  const texts = entries.map(([, text]) => bytes(...[...text].map((letter) => letter.charCodeAt(0))));
  let offset = 0;
  const records = entries.flatMap(([id], index) => {
    const { length } = texts[index] ?? [];
    offset += length;
    return [3, 1, 0x409, id, length, offset - length];
  });
  return join([bytes(0, entries.length, 6 + records.length * 2, ...records), ...texts]);
}

function assemble(tables: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const names = Object.keys(tables).sort();
  let offset = 12 + names.length * 16;
  const padded = (data: Uint8Array) => join([data, new Uint8Array((4 - (data.length % 4)) % 4)]);
  const records = names.map((tag) => {
    const data = tables[tag] ?? new Uint8Array();
    const record = join([new TextEncoder().encode(tag), bytes(...long(sumOf(padded(data))), ...long(offset), ...long(data.length))]);
    offset += padded(data).length;
    return record;
  });
  const power = Math.floor(Math.log2(names.length));
  const header = bytes(1, 0, names.length, 2 ** power * 16, power, (names.length - 2 ** power) * 16);
  const file = join([header, ...records, ...names.map((tag) => padded(tables[tag] ?? new Uint8Array()))]);
  const start = names
    .slice(0, names.indexOf('head'))
    .reduce((sum, tag) => sum + padded(tables[tag] ?? new Uint8Array()).length, 12 + names.length * 16);
  new DataView(file.buffer).setUint32(start + 8, (0xb1b0afba - sumOf(file)) >>> 0);
  return file;
}

function sumOf(data: Uint8Array): number {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}
