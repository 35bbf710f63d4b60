/** Inspects a finished presentation: unpacks it, parses its XML, and compares it with the plan. */
// fast-xml-parser: also checks that XML is well-formed, as PowerPoint requires.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { unzipSync } from 'fflate';
import type { DeckFileSlide } from '../../model/outputs/deck-file.ts';
import { describeLost, lostOnPage } from '../../pdf/inspect/lost-words.ts';
import { readPage } from '../../pdf/page-text.ts';
import { passagesOfSlide } from '../outputs/pdf-expectations.ts';
import { withoutIllegal } from './ooxml.ts';

export interface ReadSlide {
  /** The text of its title placeholder. */
  title: string;
  /** All other text, one line per paragraph. */
  text: string;
  notes: string;
  /** The descriptions of its pictures and drawings. */
  descriptions: string[];
  /** Whether every link and picture has a target. */
  complete: boolean;
}

/** Returns the slides in order. Throws SyntaxError when a part is not well-formed. */
export function readPresentation(bytes: Uint8Array): ReadSlide[] {
  const files = unzipSync(bytes);
  const decode = (name: string) => new TextDecoder().decode(files[name]);
  for (const name of Object.keys(files)) {
    const valid = /\.(?:xml|rels)$/.test(name) ? XMLValidator.validate(decode(name)) : true;
    if (valid !== true) throw new SyntaxError(`${name} is no XML: ${valid.err.msg}`);
  }
  const count = nodesOf(parse(decode('ppt/presentation.xml')), 'p:sldId').length;
  return Array.from({ length: count }, (_, index) => {
    const slide = parse(decode(`ppt/slides/slide${index + 1}.xml`));
    const notes = `ppt/notesSlides/notesSlide${index + 1}.xml`;
    const relations = nodesOf(parse(decode(`ppt/slides/_rels/slide${index + 1}.xml.rels`)), 'Relationship').map(attributesOf);
    const shapes = nodesOf(slide, 'p:sp');
    const isTitle = (shape: Node) => nodesOf([shape], 'p:ph').some((each) => attributesOf(each).type === 'title');
    const others = [...shapes.filter((shape) => !isTitle(shape)), ...nodesOf(slide, 'p:graphicFrame')];
    return {
      title: shapes
        .filter(isTitle)
        .map((shape) => textOf([shape]))
        .join('\n'),
      text: textOf(others),
      notes: files[notes] === undefined ? '' : textOf(parse(decode(notes))),
      descriptions: ['p:pic', 'p:grpSp'].flatMap((name) =>
        nodesOf(slide, name).map((described) => attributesOf(nodesOf([described], 'p:cNvPr')[0] ?? {}).descr ?? ''),
      ),
      complete: relations.every(({ TargetMode, Target = '' }) => TargetMode === 'External' || files[resolve(Target)] !== undefined),
    };
  });
}

/** Returns the differences between a presentation and its deck, in words. Empty when there are none. */
export function findFaults(read: readonly ReadSlide[], planned: readonly DeckFileSlide[]): string[] {
  if (read.length !== planned.length) return [`it has ${read.length} slides instead of ${planned.length}`];
  return planned.flatMap((slide, index) => {
    const found = read[index];
    if (found === undefined) return [];
    const { title, text, notes, descriptions, complete } = found;
    const page = readPage([title, text, ...descriptions].map(asItem));
    const spoken = slide.notes.map((paragraph) => ({ text: withoutIllegal(paragraph), of: slide.source }));
    const shown = passagesOfSlide(slide).map((passage) => ({ ...passage, text: withoutIllegal(passage.text) }));
    return [
      ...lostOnPage([{ text: withoutIllegal(slide.headline), of: slide.source }], readPage([asItem(title)])).map(
        () => `the title of slide ${index + 1} is not "${slide.headline}"`,
      ),
      ...lostOnPage(shown, page).map((lost) => `slide ${index + 1} ${describeLost(lost)}`),
      ...lostOnPage(spoken, readPage([asItem(notes)])).map((lost) => `the notes of slide ${index + 1}: it ${describeLost(lost)}`),
      ...(complete ? [] : [`slide ${index + 1} refers to what is not there`]),
    ];
  });
}

/** Text in XML is in reading order. */
const asItem = (str: string) => ({ str, dir: 'ltr', hasEOL: true });

type Node = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: false,
});

function parse(xml: string): Node[] {
  return parser.parse(xml);
}

function nodesOf(nodes: readonly Node[], name: string): Node[] {
  return nodes.flatMap((node) =>
    Object.entries(node).flatMap(([key, children]) => (key === name ? [node] : Array.isArray(children) ? nodesOf(children, name) : [])),
  );
}

function attributesOf(node: Node): Record<string, string> {
  return (node[':@'] ?? {}) as Record<string, string>;
}

/** Returns a line for each paragraph. Line breaks in a paragraph also end a line. */
function textOf(nodes: readonly Node[]): string {
  return nodesOf(nodes, 'a:p')
    .map((paragraph) => wordsOf([paragraph]))
    .join('\n');
}

function wordsOf(nodes: readonly Node[]): string {
  return nodes
    .map((node) =>
      Object.entries(node)
        .map(([key, value]) => (key === '#text' ? String(value) : key === 'a:br' ? '\n' : Array.isArray(value) ? wordsOf(value) : ''))
        .join(''),
    )
    .join('');
}

function resolve(target: string): string {
  return target.startsWith('../') ? `ppt/${target.slice(3)}` : `ppt/slides/${target}`;
}
