/** What is changed in Slidev's own code: another version of it, where that code has moved, is noticed. */
import { expect, it } from 'vitest';
import { patch } from '../../scripts/export/slidev/slidev-plugins.ts';

it('is replaced wherever it stands', () => {
  expect(patch('const a = dev; const b = dev;', 'dev', 'false')).toBe('const a = false; const b = false;');
});

it('says which code is not there any more, also where only a space is another one', () => {
  expect(() => patch('const a  = dev;', 'a = dev', 'a = false')).toThrow(
    'this version of Slidev has no "a = dev" where Briefdeck changes it',
  );
});
