/** What people have in hand, with its traps: folders in, readings out. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readTranscripts } from '../../../scripts/import/read/index.ts';
import { shownReading } from './shown.ts';

const input = path.join(import.meta.dirname, '../input/read');

it.each(readdirSync(input))('%s', async (name) => {
  const [file = ''] = readdirSync(path.join(input, name));
  const bytes = readFileSync(path.join(input, name, file));
  const reading = await readTranscripts(bytes, file, { from: null, encoding: null });
  await expect(shownReading(reading)).toMatchFileSnapshot(path.join(import.meta.dirname, '../output/read', `${name}.txt`));
});
