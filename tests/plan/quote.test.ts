import { expect, it } from 'vitest';
import { type Block, blocksToPlain } from '../../scripts/model/text/text.ts';
import { withoutSpeaker } from '../../scripts/plan/slides/exchange-slides.ts';

const paragraph = (value: string): Block => ({ type: 'paragraph', children: [{ type: 'text', value }] });
const after = (speaker: string | null, ...texts: string[]) => blocksToPlain(withoutSpeaker(texts.map(paragraph), speaker));

it('leaves out who speaks, whom the slide names below', () => {
  expect(after('Ana Lima', 'We build — and wait. — Ana Lima')).toBe('We build — and wait.');
  expect(after('Ana Lima', 'We build.', '— Ana Lima')).toBe('We build.');
  expect(after('安娜', '我们建坝。 ——安娜')).toBe('我们建坝。');
});

it('leaves out nothing else', () => {
  expect(after('Ana Lima', 'We build. — Ana Lima, River Office')).toBe('We build. — Ana Lima, River Office');
  expect(after('Ana Lima', 'We build — and wait.')).toBe('We build — and wait.');
  expect(after('Ana Lima', 'We-Ana Lima')).toBe('We-Ana Lima');
  expect(after(null, 'We build. — Ana Lima')).toBe('We build. — Ana Lima');
});
