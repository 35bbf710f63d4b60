/** REFI-QDA: `.qdpx` (an archive) and the `.qde` inside it. Returns one transcript for each source; codes are set on its turns. */
import { ExpectedError } from '../../../shared/errors.ts';
import { decodeBytes, withPlainLineEnds } from '../../decode.ts';
import type { ImportFinding } from '../../finding.ts';
import { finding } from '../../finding-text.ts';
import type { Transcript } from '../../transcript.ts';
import { refuseEndless } from '../limits.ts';
import { codeTurns } from '../refi-qda/coded-turns.ts';
import { findPositions } from '../refi-qda/positions.ts';
import { type QdaSource, readProject } from '../refi-qda/project.ts';
import type { TranscriptReading } from '../source.ts';
import { addPiece, emptyDraft, finishDraft, openTurn } from '../turns/draft.ts';
import { readTurnLines, type TurnText } from '../turns/read-turns.ts';
import { type TextLine, toLines } from '../turns/turn-lines.ts';
import { hasTurns } from '../turns.ts';
import { parseXml } from './xml-file.ts';
import { unzip } from './zip.ts';

/** Reads an archive. Throws ExpectedError when the archive or its XML is damaged, or when it holds no project. */
export function readQdpx(bytes: Uint8Array, file: string): TranscriptReading {
  const entries = unzip(bytes, file, (name) => /\.(?:qde|txt)$/i.test(name));
  const project = [...entries].find(([name]) => /\.qde$/i.test(name));
  if (project === undefined) throw new ExpectedError(`${file}: the archive holds no .qde: it is no REFI-QDA project`);
  const [name, data] = project;
  return readSources(decodeBytes(data, `${file}/${name}`, null).text, `${file}/${name}`, file, entries);
}

/** Reads the XML alone. Sources whose text is in files of the archive are missing. */
export function readQde(text: string, file: string): TranscriptReading {
  return readSources(text, file, file, new Map());
}

function readSources(xml: string, xmlFile: string, file: string, entries: ReadonlyMap<string, Uint8Array>): TranscriptReading {
  const { sources, findings } = readProject(parseXml(xml, xmlFile), xmlFile);
  if (sources.length === 0 && findings.length === 0) {
    throw new ExpectedError(`${xmlFile}: the project has no sources`, { hint: 'export the project itself, not its codebook alone' });
  }
  const read = sources.map((source) => readSource(source, xmlFile, file, entries));
  return {
    transcripts: read.flatMap(({ transcripts }) => transcripts),
    findings: [...findings, ...read.flatMap((each) => each.findings)],
  };
}

function readSource(source: QdaSource, xmlFile: string, file: string, entries: ReadonlyMap<string, Uint8Array>): TranscriptReading {
  const found = textOfSource(source, file, entries);
  if (found === null) {
    const missing = finding('missing-text', { file: xmlFile, line: 1, column: 1 }, { source: source.name, path: source.path ?? '' });
    return { transcripts: [], findings: [missing] };
  }
  const text = withPlainLineEnds(found.text);
  refuseEndless(text, found.file);
  const lines = toLines(text);
  const labelled = readTurnLines(lines, found.file);
  const read = hasTurns(labelled) ? labelled : unlabelled(lines, found.file);
  const positions = findPositions(found.text, source.selections);
  const findings = codeTurns({ source, text, positions, spans: read.spans, file: found.file });
  const transcript: Transcript = { file, format: 'refi-qda', head: read.head, parts: read.parts, notes: read.notes };
  if (source.name !== '')
    transcript.head.title ??= source.name.replace(/\.(?:txt|md|html?|docx?|odt|pdf|rtf|mp[34]|m4a|wav|mov|avi|ogg|flac|png|jpe?g)$/i, '');
  return { transcripts: [transcript], findings: [...found.findings, ...read.findings, ...findings] };
}

interface FoundText {
  /** With the line ends that positions count. */
  text: string;
  file: string;
  findings: ImportFinding[];
}

/** Finds the text of a source. `internal://X.txt` means `sources/X.txt` in the archive, ignoring case. */
function textOfSource({ content, path }: QdaSource, file: string, entries: ReadonlyMap<string, Uint8Array>): FoundText | null {
  if (content !== null) return { text: content, file, findings: [] };
  const name = path?.match(/^internal:\/\/\/?(.+)$/i)?.[1]?.toLowerCase();
  if (name === undefined) return null;
  const entry = [...entries].find(([each]) => [`sources/${name}`, name].includes(each.toLowerCase().replaceAll('\\', '/')));
  if (entry === undefined) return null;
  const place = `${file}/${entry[0]}`;
  return { ...decodeBytes(entry[1], place, null), file: place };
}

/** Reads a text without labels. Every paragraph becomes a turn, so that codes can be set on it. */
function unlabelled(lines: readonly TextLine[], file: string): TurnText {
  const draft = emptyDraft(file);
  for (const [index, line] of lines.entries()) {
    if (line.type === 'blank' || line.type === 'rule') continue;
    if (lines[index - 1]?.type !== 'words' || draft.open === null) openTurn(draft, null, line, { start: null, end: null });
    if (draft.open?.type !== 'turn') continue;
    draft.spans.push({ from: line.from, to: line.to, turn: draft.open.turn });
    addPiece(draft.open.pieces, line.text, false);
  }
  return { head: readTurnLines([], file).head, ...finishDraft(draft), findings: [], spans: draft.spans };
}
