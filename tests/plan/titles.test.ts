import { describe, expect, it } from 'vitest';
import { shorten, shortenAll } from '../../scripts/model/text/text.ts';

const widthOf = (text: string) => [...text].length * 10;

describe('a text of a footer', () => {
  it('stays whole where it has room, and else ends with an ellipsis within it', () => {
    expect(shorten('How towns share water', 210, widthOf)).toBe('How towns share water');
    expect(shorten('How towns share water', 200, widthOf)).toBe('How towns share wat…');
    expect(shorten('How towns share water', 170, widthOf)).toBe('How towns share…');
    expect(shorten('河流的守护者们', 50, widthOf)).toBe('河流的守…');
  });

  it('breaks no character of several code points', () => {
    expect(shorten('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 80, widthOf)).toBe('👩‍👩‍👧…');
  });

  it('shortens the longest of several, and keeps short ones', () => {
    const parts = ['Ben Ode', 'What the gauge has shown since the dam was built', 'exchange 1', 'Living with the river: a long talk'];
    const shown = shortenAll(parts, 600, widthOf);
    expect(shown[0]).toBe('Ben Ode');
    expect(shown[2]).toBe('exchange 1');
    expect(shown.map(widthOf).reduce((sum, width) => sum + width, 0)).toBeLessThanOrEqual(600);
    expect(shown[1]).toMatch(/^What the gauge has.*…$/);
    expect(shortenAll(parts, 2000, widthOf)).toEqual(parts);
  });
});
