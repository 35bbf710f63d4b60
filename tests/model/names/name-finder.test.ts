import { describe, expect, it } from 'vitest';
import { NameFinder } from '../../../scripts/model/names/name-finder.ts';

const called = (names: string[], more: { aliases?: string[]; ordinaryWords?: string[] } = {}) =>
  new NameFinder([{ names, aliases: more.aliases ?? [], ordinaryWords: more.ordinaryWords ?? [] }]);
const ana = called(['Ana María de Lima', '阿娜·利马'], { aliases: ['riverwoman'] });

describe('a name is found', () => {
  it.each([
    ['whole', 'so Ana María de Lima said', 'Ana María de Lima'],
    ['by a part of it', 'so Lima said', 'Lima'],
    ['in another case', 'so LIMA said, and lima', 'LIMA'],
    ['with other accents', 'so Maria said', 'Maria'],
    ['in the genitive', 'Lima’s river', 'Lima'],
    ['as a handle', 'see @ana_lima', 'ana_lima'],
    ['in an address', 'https://example.org/people/lima?x', 'lima'],
    ['written together', 'by AnaMaríaDeLima', 'AnaMaríaDeLima'],
    ['with invisible marks in it', 'so Li\u00adma said', 'Li\u00adma'],
    ['beside text without spaces', '利马说Lima说', '利马'],
    ['by another name', 'the RiverWoman', 'RiverWoman'],
  ])('%s', (_, text, found) => {
    expect(ana.find(text)?.text).toBe(found);
    expect(text.slice(ana.find(text)?.index)).toMatch(new RegExp(`^${found}`));
  });

  it('as people are called in Chinese', () => {
    const zhang = called(['张小明']);
    expect(['张小明说', '小明说', '张先生说', '张教授', '小说', '张开'].map((text) => zhang.find(text)?.text ?? null)).toEqual([
      '张小明',
      '小明',
      '张先生',
      '张教授',
      null,
      null,
    ]);
  });

  it('with the family name in front', () => {
    expect(called(['Will Young'], { ordinaryWords: ['will', 'young'] }).find('Young, Will')?.text).toBe('Young, Will');
  });
});

describe('no name is found', () => {
  it.each(['animal', 'Manama', 'a limass', 'de facto', ''])('in "%s"', (text) => {
    expect(ana.find(text)).toBeNull();
  });

  it('in words that were declared as ordinary', () => {
    const will = called(['Will Young'], { ordinaryWords: ['Will', 'young'] });
    expect(will.find('Will young people come? Young people will.')).toEqual({ index: 0, text: 'Will young', certainty: 'certain' });
    expect(will.find('Young people will come.')).toBeNull();
  });

  it('in titles and initials', () => {
    expect(called(['Dr. J. Ode Jr.']).find('Dr. J. House jr. of Odessa')).toBeNull();
  });
});

it('looks into addresses as they are meant', () => {
  expect(ana.findInAddress('people/ana%2Dlima.png')?.text).toBe('ana%2Dlima');
  expect(ana.findInAddress('%zz/lima')?.text).toBe('lima');
  expect(ana.findInAddress('where-it-ends')).toBeNull();
});
