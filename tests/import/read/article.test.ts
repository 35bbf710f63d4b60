/**
 * The article that the shipped content comes from, where it lies beside the checkout (its sentences are not ours to keep): everything in it is
 * told apart, and nothing is lost.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ReadTranscripts, readTranscripts } from '../../../scripts/import/read/index.ts';
import type { Transcript } from '../../../scripts/import/transcript.ts';

const article = path.resolve(import.meta.dirname, '../../../../shared/seed/interview.zh.txt');
const isThere = existsSync(article);

describe.skipIf(!isThere)(`the article in ../shared/seed${isThere ? '' : ' (absent)'}`, () => {
  let text: string;
  let reading: ReadTranscripts;
  let transcript: Transcript;
  beforeAll(async () => {
    text = readFileSync(article, 'utf8');
    reading = await readTranscripts(readFileSync(article), 'interview.zh.txt', { from: null, encoding: null });
    transcript = reading.transcripts[0] as Transcript;
  });

  it('has its title, date and addresses in its head', () => {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    expect(transcript.head).toEqual({
      title: lines[1],
      date: '2023-08-21',
      url: lines.find((line) => line.startsWith('本文链接'))?.slice(5),
      media: lines.find((line) => line.includes('原视频'))?.slice(7),
      publisher: null,
      lang: null,
    });
  });

  it('has five sections, each with its turns', () => {
    const sections = transcript.parts.flatMap((part, at) => (part.type === 'heading' ? [at] : []));
    const listed = text.split('\n').flatMap((line) => /^0\d (.*)$/.exec(line)?.[1] ?? []);
    const bare = (words: string) => words.normalize('NFKC').replace(/\s/g, '');
    expect(sections.map((at) => bare((transcript.parts[at] as { text: string }).text))).toEqual(listed.map(bare));
    expect(listed).toHaveLength(5);
    const turns = sections.map((at, index) => transcript.parts.slice(at, sections[index + 1]).filter(({ type }) => type === 'turn').length);
    expect(turns).toEqual([26, 20, 16, 14, 18]);
  });

  it('has every turn of its two speakers, question and answer in turn', () => {
    const turns = transcript.parts.filter((part) => part.type === 'turn');
    const labels = text.match(/^(?:Dwarkesh Patel|Dario Amodei)\s*(?=[:：])/gm) ?? [];
    expect(turns.map(({ speaker }) => speaker)).toEqual(labels.map((label) => label.trim()));
    expect(turns).toHaveLength(94);
    expect(turns.every(({ speaker }, at) => speaker === (at % 2 === 0 ? 'Dwarkesh Patel' : 'Dario Amodei'))).toBe(true);
  });

  it('has every editor’s note as a note, with a definition', () => {
    const bullets = text.split('\n').flatMap((line, at) => (line.startsWith('•') ? [at + 1] : []));
    expect(transcript.notes.map(({ place }) => place.line)).toEqual(bullets);
    expect(transcript.notes.filter(({ term, definition }) => term === '' || definition.length < 20)).toEqual([]);
    expect(reading.findings.map(({ code, line }) => [code, line])).toEqual([['longer-note', 61]]);
  });

  it('loses no word', () => {
    const { parts, notes, head } = transcript;
    const said = parts.map((part) =>
      part.type === 'heading' ? part.text : `${part.type === 'turn' ? part.speaker : ''}${part.paragraphs.join('')}`,
    );
    const kept = countSigns([...said, ...notes.map(({ term, definition }) => term + definition), head.title ?? ''].join(''));
    const lines = text.split('\n').filter((line) => !/^0\d /.test(line) && !line.startsWith('2023-08-21'));
    const lost = [...countSigns(lines.join(''))].filter(([sign, count]) => (kept.get(sign) ?? 0) < count);
    expect(lost).toEqual([]);
  });
});

/** How often each letter and digit stands in a text. */
function countSigns(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [sign] of text.matchAll(/[\p{L}\p{N}]/gu)) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  return counts;
}
