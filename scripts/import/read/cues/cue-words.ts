/** Extracts the words of a cue: removes markup and separates voices. */
import { decodeHTML } from 'entities'; // All 2,231 character references of HTML; htmlparser2 uses it too.

/** The words of one voice in a cue. `voice` is null when the cue names none. */
export interface Utterance {
  voice: string | null;
  text: string;
  /** Whether it begins with a mark for another speaker without a name (`-`, `>>`). */
  isOther: boolean;
}

/** Splits the lines of a cue at voice tags, and at the dashes before the lines of two speakers. */
export function readUtterances(lines: readonly string[]): Utterance[] {
  const isDialogue = lines.filter((line) => DASH.test(line)).length > 1;
  const marked = lines.map((line) => (isDialogue && DASH.test(line)) || line.includes('>>') || line.includes('&gt;&gt;'));
  if (!marked.includes(true)) return splitVoices(lines.join('\n'), false);
  const groups: { text: string; isOther: boolean }[] = [];
  for (const [index, line] of lines.entries()) {
    if (marked[index] === true || groups.length === 0) groups.push(...splitArrows(isDialogue ? line.replace(DASH, '') : line, isDialogue));
    else groups.push({ text: `${groups.pop()?.text ?? ''}\n${line}`, isOther: groups.length > 0 });
  }
  return groups.flatMap(({ text, isOther }) => splitVoices(text, isOther));
}

const DASH = /^\s*(?:<[^>]{0,40}>)?[-–—]\s*(?=[^\s\d-])/;

/** In captions of broadcasts `>>` marks a change of speaker. */
function splitArrows(line: string, isDialogue: boolean): { text: string; isOther: boolean }[] {
  const pieces = line.split(/(?:^|\s)(?:>>>?|&gt;&gt;(?:&gt;)?)\s*/);
  return pieces.map((text, index) => ({ text, isOther: index > 0 || isDialogue })).filter(({ text }) => text.trim() !== '');
}

/** Splits at `<v.loud Sarah Lee>` (https://www.w3.org/TR/webvtt1/#webvtt-cue-voice-span). The end tag is often missing. */
function splitVoices(text: string, isOther: boolean): Utterance[] {
  const pieces = text.split(/<(v(?:\.[^\s>]{1,60})?[ \t\n][^>]{1,200}|\/v)>/);
  const found: Utterance[] = [{ voice: null, text: pieces[0] ?? '', isOther }];
  for (let at = 1; at < pieces.length; at += 2) {
    const tag = pieces[at] ?? '';
    const voice = tag === '/v' ? null : decodeHTML(tag.replace(/^v\S*\s+/, '')).trim();
    found.push({ voice, text: pieces[at + 1] ?? '', isOther: false });
  }
  return found.map((each) => ({ ...each, text: plainWords(each.text) })).filter((each) => each.text.trim() !== '');
}

/** Removes the tags of WebVTT and SubRip. Keeps other angle brackets, which are words (`a < b`, `<laughs>`). */
export function plainWords(text: string): string {
  return decodeHTML(text.replace(TAG, '').replace(OVERRIDE, ''));
}

const TAG = /<\/?(?:[vcibu]|ruby|rt|lang|font)(?:[.\s][^<>]{0,200})?>|<\d{1,3}(?::\d{2}){1,2}[.,]\d{1,3}>/gi;

/** Override codes of SubStation Alpha, which remain in SubRip files: `{\an8}`. */
const OVERRIDE = /\{\\[^{}]{0,60}\}/g;
