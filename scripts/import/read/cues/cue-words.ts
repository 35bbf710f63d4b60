/** The words of a cue: markup taken away, voices told apart. */
import { decodeHTML } from 'entities'; // The references of HTML, all 2,231 of them; what htmlparser2 uses itself.

/** What one voice says in a cue; null where the cue names none. */
export interface Utterance {
  voice: string | null;
  text: string;
  /** Begins with a mark that says somebody else speaks, without a name (`-`, `>>`). */
  isOther: boolean;
}

/** Splits the lines of a cue at its voice tags and at the dashes that stand before the lines of two speakers. */
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

/** `>>` is how captions of broadcasts mark a change of speaker. */
function splitArrows(line: string, isDialogue: boolean): { text: string; isOther: boolean }[] {
  const pieces = line.split(/(?:^|\s)(?:>>>?|&gt;&gt;(?:&gt;)?)\s*/);
  return pieces.map((text, index) => ({ text, isOther: index > 0 || isDialogue })).filter(({ text }) => text.trim() !== '');
}

/** `<v.loud Sarah Lee>`: https://www.w3.org/TR/webvtt1/#webvtt-cue-voice-span; its end tag is often missing. */
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

/** Tags that WebVTT and SubRip know are no words; other angle brackets are (`a < b`, `<laughs>`). */
export function plainWords(text: string): string {
  return decodeHTML(text.replace(TAG, '').replace(OVERRIDE, ''));
}

const TAG = /<\/?(?:[vcibu]|ruby|rt|lang|font)(?:[.\s][^<>]{0,200})?>|<\d{1,3}(?::\d{2}){1,2}[.,]\d{1,3}>/gi;

/** What SubStation Alpha leaves in SubRip files: `{\an8}`. */
const OVERRIDE = /\{\\[^{}]{0,60}\}/g;
