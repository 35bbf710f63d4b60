/** Reads a REFI-QDA project from its XML: https://www.qdasoftware.org/products-project-exchange/ (version 1.5). */
import type { ImportFinding } from '../../finding.ts';
import { finding } from '../../finding-text.ts';
import { attributeOf, childrenOf, textOf, type XmlElement } from '../coded/xml-file.ts';

export interface QdaSource {
  name: string;
  /** The text, when it is in the XML. */
  content: string | null;
  /** The path of the text otherwise: `internal://X.txt`, `relative://...` or a plain path. */
  path: string | null;
  selections: QdaSelection[];
  syncPoints: QdaSyncPoint[];
  /** Codes on the recording; times in ms. */
  spans: { from: number; to: number; codes: string[] }[];
}

/** A range in characters as the writing program counts them; `end` is exclusive. */
export interface QdaSelection {
  name: string;
  start: number;
  end: number;
  codes: string[];
}

export interface QdaSyncPoint {
  position: number;
  /** In ms. */
  time: number;
}

export interface QdaProject {
  sources: QdaSource[];
  findings: ImportFinding[];
}

/** Reads the elements of a project. `file` is the name of the XML in places, which have no line because the parser gives none. */
export function readProject(xml: XmlElement, file: string): QdaProject {
  const project = childrenOf(xml, 'Project')[0];
  const place = { file, line: 1, column: 1 };
  const findings: ImportFinding[] = [];
  const codes = namesOfCodes(childrenOf(childrenOf(project, 'CodeBook')[0], 'Codes')[0]);
  const reading: SourceReading = { codes, onUnknown: (code) => findings.push(finding('unknown-code', place, { code })) };
  const all = childrenOf(project, 'Sources')[0];
  const sources = childrenOf(all, 'TextSource').map((source) => readSource(source, source, reading));
  for (const [kind, child] of [
    ['AudioSource', 'Transcript'],
    ['VideoSource', 'Transcript'],
    ['PDFSource', 'Representation'],
    ['PictureSource', 'TextDescription'],
  ] as const) {
    for (const source of childrenOf(all, kind)) {
      const texts = childrenOf(source, child);
      const name = attributeOf(source, 'name') ?? kind;
      if (texts.length === 0) findings.push(finding('unread-source', place, { name, kind: KINDS[kind] }));
      sources.push(...texts.map((text) => readSource(text, source, reading)));
    }
  }
  return { sources, findings };
}

const KINDS = { AudioSource: 'recording', VideoSource: 'video', PDFSource: 'PDF', PictureSource: 'picture' };

interface SourceReading {
  codes: ReadonlyMap<string, string>;
  onUnknown: (code: string) => void;
}

function readSource(text: XmlElement, source: XmlElement, reading: SourceReading): QdaSource {
  const points = new Map(childrenOf(text, 'SyncPoint').map((point) => [key(attributeOf(point, 'guid')), point]));
  const syncPoints = [...points.values()].flatMap((point) => {
    const [position, time] = [numberOf(point, 'position'), numberOf(point, 'timeStamp')];
    return position === null || time === null ? [] : [{ position, time }];
  });
  const positionOf = (guid: string | null) => numberOf(points.get(key(guid)) ?? {}, 'position');
  const selections = [
    ...childrenOf(text, 'PlainTextSelection').map(
      (each) => [each, numberOf(each, 'startPosition'), numberOf(each, 'endPosition')] as const,
    ),
    ...childrenOf(text, 'TranscriptSelection').map(
      (each) => [each, positionOf(attributeOf(each, 'fromSyncPoint')), positionOf(attributeOf(each, 'toSyncPoint'))] as const,
    ),
  ];
  return {
    name: attributeOf(source, 'name') ?? attributeOf(text, 'name') ?? '',
    content: childrenOf(text, 'PlainTextContent').map(textOf)[0] ?? null,
    path: attributeOf(text, 'plainTextPath'),
    selections: selections.flatMap(([element, start, end]) => {
      const codes = codesOf(element, reading);
      return codes.length === 0 ? [] : [{ name: attributeOf(element, 'name') ?? '', start: start ?? -1, end: end ?? -1, codes }];
    }),
    syncPoints,
    spans: ['AudioSelection', 'VideoSelection']
      .flatMap((kind) => childrenOf(source, kind))
      .flatMap((each) => {
        const codes = codesOf(each, reading);
        return codes.length === 0 ? [] : [{ from: numberOf(each, 'begin') ?? 0, to: numberOf(each, 'end') ?? 0, codes }];
      }),
  };
}

function codesOf(selection: XmlElement, { codes, onUnknown }: SourceReading): string[] {
  return childrenOf(selection, 'Coding').flatMap((coding) =>
    childrenOf(coding, 'CodeRef').flatMap((reference) => {
      const guid = attributeOf(reference, 'targetGUID');
      const name = codes.get(key(guid));
      if (name === undefined) onUnknown(guid ?? '');
      return name === undefined ? [] : [name];
    }),
  );
}

/** Returns the names of codes by GUID. Codes can be nested; when two have the same name, the names of their parents are added. */
function namesOfCodes(codes: XmlElement | undefined): Map<string, string> {
  const paths: { guid: string; path: string[] }[] = [];
  const pending = childrenOf(codes, 'Code').map((code) => ({ code, path: [] as string[] }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const path = [...next.path, (attributeOf(next.code, 'name') ?? '').trim()];
    paths.push({ guid: key(attributeOf(next.code, 'guid')), path });
    for (const code of childrenOf(next.code, 'Code')) pending.push({ code, path });
  }
  const counts = new Map<string, number>();
  for (const { path } of paths) counts.set(path.at(-1) ?? '', (counts.get(path.at(-1) ?? '') ?? 0) + 1);
  return new Map(paths.map(({ guid, path }) => [guid, (counts.get(path.at(-1) ?? '') ?? 0) > 1 ? path.join(' / ') : (path.at(-1) ?? '')]));
}

/** GUIDs are written in either case, with or without braces. */
function key(guid: string | null): string {
  return (guid ?? '').toLowerCase().replace(/[{}]/g, '');
}

function numberOf(element: XmlElement, name: string): number | null {
  const value = attributeOf(element, name)?.trim() ?? '';
  return /^\d{1,12}$/.test(value) ? Number(value) : null;
}
