/** Recognises the columns of a CSV file by their headings. */

export interface Columns {
  start: number | null;
  end: number | null;
  speaker: number | null;
  words: number;
  tags: number | null;
  /** Whether times are in whole ms, as Whisper and whisper.cpp write them under `start,end,text`. */
  inMilliseconds: boolean;
  count: number;
}

/** Returns null when no column holds words, or when it is the only column. */
export function readColumns(headings: readonly string[]): Columns | null {
  const names = headings.map((heading) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/[\s_-]+/g, ' '),
  );
  const find = (known: readonly string[]) => {
    const at = names.findIndex((name) => known.includes(name));
    return at === -1 ? null : at;
  };
  const columns = { start: find(START), end: find(END), speaker: find(SPEAKER), words: find(WORDS), tags: find(TAGS) };
  if (columns.words === null || (columns.start === null && columns.speaker === null && columns.tags === null)) return null;
  const inMilliseconds = /^start,end,(?:speaker,)?text$/.test(names.join(',')) || names.includes('start ms');
  return { ...columns, words: columns.words, inMilliseconds, count: headings.length };
}

/** Whether these are the headings of a highlights export of Taguette: https://www.taguette.org/ (`taguette/export.py`). */
export function isTaguette(headings: readonly string[]): boolean {
  const names = headings.map((heading) => heading.trim().toLowerCase());
  return ['id', 'document', 'tag', 'content'].every((name) => names.includes(name));
}

const START = ['timestamp', 'time', 'start', 'start time', 'start ms', 'begin', 'from', 'timecode', '时间', '开始', '开始时间'];
const END = ['end', 'end time', 'end ms', 'stop', 'to', '结束', '结束时间'];
const SPEAKER = ['speaker', 'speaker name', 'name', 'who', 'person', 'participant', '说话人', '发言人', '讲者', '姓名'];
const WORDS = ['words', 'text', 'transcript', 'content', 'utterance', 'body', 'sentence', 'speech', '文本', '内容', '话语'];
const TAGS = ['tags', 'tag', 'codes', 'code', 'labels', '标签', '编码'];
