import { expect, it } from 'vitest';
import { exchangeLink } from '../../scripts/plan/locator.ts';

it.each([
  // W3C Media Fragments: seconds with their fraction, and where the passage ends.
  ['https://example.org/talk.mp4', 'https://example.org/talk.mp4#t=252.5,300'],
  ['https://example.org/talk.mp4?key=a%20b&t=1', 'https://example.org/talk.mp4?key=a%20b&t=1#t=252.5,300'],
  ['https://example.org/talk.mp4#track=audio&t=9', 'https://example.org/talk.mp4#track=audio&t=252.5,300'],
  ['https://example.org/talk#player', 'https://example.org/talk#player'],
  ['https://example.org/#/talk/5', 'https://example.org/#/talk/5'],
  // Players with ways of their own.
  ['https://www.youtube.com/watch?v=Nlkk3glap_U', 'https://www.youtube.com/watch?v=Nlkk3glap_U&t=252s'],
  ['https://www.youtube.com/watch?t=5s&v=x&list=y', 'https://www.youtube.com/watch?v=x&list=y&t=252s'],
  ['https://youtu.be/x', 'https://youtu.be/x?t=252s'],
  ['https://www.youtube-nocookie.com/embed/x?rel=0', 'https://www.youtube-nocookie.com/embed/x?rel=0&start=252&end=300'],
  ['https://vimeo.com/62207569?share=copy#t=1m', 'https://vimeo.com/62207569?share=copy#t=252s'],
  ['https://www.bilibili.com/video/BV1?p=2', 'https://www.bilibili.com/video/BV1?p=2&t=252'],
  ['https://notyoutube.com/talk.mp3', 'https://notyoutube.com/talk.mp3#t=252.5,300'],
])('leads into %s', (media, link) => {
  expect(exchangeLink('https://example.org/text', media, '00:04:12.5', '05:00')).toBe(link);
});

it('leads to the text, or the whole recording, where there is no time; nowhere without an address', () => {
  expect(exchangeLink('https://example.org/text', 'https://example.org/talk.mp4', null, null)).toBe('https://example.org/text');
  expect(exchangeLink(null, 'https://example.org/talk.mp4', null, null)).toBe('https://example.org/talk.mp4');
  expect(exchangeLink('https://example.org/text', null, '04:12', null)).toBe('https://example.org/text');
  expect(exchangeLink(null, null, '04:12', '05:00')).toBeNull();
});

it('has an end only behind its start', () => {
  expect(exchangeLink(null, 'https://example.org/a.mp3', '1:00:00', null)).toBe('https://example.org/a.mp3#t=3600');
  expect(exchangeLink(null, 'https://example.org/a.mp3', '00:00', '00:00')).toBe('https://example.org/a.mp3#t=0');
});
