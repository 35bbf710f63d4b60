/** Simplifies the structure tree for screen readers, because Chromium creates an element for every box and every run of text. */
import { type PDFDocument, PDFName, type PDFRef } from '@cantoo/pdf-lib';
import {
  contentOf,
  elementsOf,
  isElement,
  isMarked,
  type Kid,
  type MarkedContent,
  makeElement,
  type StructureElement,
  textString,
} from '../pdf-structure.ts';

/** Elements inside a line of text. */
const INLINE = new Set(['Span', 'Strong', 'Em', 'Link', 'Code', 'Quote', 'Note', 'Reference', 'Annot', 'Lbl']);
/** Elements that contain lines of text directly. */
const TEXT = new Set([...INLINE, 'P', 'H', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'Caption', 'Figure', 'Formula']);
/** Boxes, which have no meaning for a reader. */
const BOXES = new Set(['NonStruct', 'Div']);

/**
 * Removes boxes without a language or other attributes. Text directly in a removed box becomes a paragraph, and the content of a list item
 * becomes its body.
 */
export function unwrapBoxes(tree: readonly StructureElement[], pdf: PDFDocument): StructureElement[] {
  return tree.map((element) => ({ ...element, kids: unwrapKids(element, pdf) }));
}

function unwrapKids({ type, kids }: StructureElement, pdf: PDFDocument): Kid[] {
  const inText = TEXT.has(type);
  const unwrapped = kids.flatMap((kid) => unwrap(kid, inText, pdf));
  if (type === 'LI') return unwrapped.some((kid) => isElement(kid) && kid.type === 'LBody') ? unwrapped : bodyOf(unwrapped, pdf);
  return inText || ['TD', 'TH', 'LBody'].includes(type) ? unwrapped : paragraphs(unwrapped, pdf);
}

function unwrap(kid: Kid, inText: boolean, pdf: PDFDocument): Kid[] {
  if (!isElement(kid)) return [kid];
  if (!isBox(kid)) return [{ ...kid, kids: unwrapKids(kid, pdf) }];
  const kids = kid.kids.flatMap((each) => unwrap(each, inText, pdf));
  // A run of text is a box that directly holds content.
  const isRun = kid.type === 'NonStruct' && kid.kids.every((each) => !isElement(each));
  const isBare = kid.dict.keys().every((key) => BARE.has(key.decodeText()));
  if (isBare) return inText || isRun ? kids : paragraphs(kids, pdf);
  const isInline = inText || isRun;
  return [{ ...kid, type: isInline ? 'Span' : 'Div', kids: isInline ? kids : paragraphs(kids, pdf) }];
}

/** A figure without alternative text that contains other figures is a box too. */
function isBox({ type, dict, kids }: StructureElement): boolean {
  return (
    BOXES.has(type) || (type === 'Figure' && !dict.has(PDFName.of('Alt')) && [...elementsOf(kids)].some((kid) => kid.type === 'Figure'))
  );
}

const BARE = new Set(['Type', 'S', 'P', 'Pg', 'K']);

/** Wraps text between blocks in paragraphs. */
function paragraphs(kids: readonly Kid[], pdf: PDFDocument): Kid[] {
  const result: Kid[] = [];
  let loose: Kid[] = [];
  const flush = () => {
    if (loose.length > 0) result.push(makeElement(pdf, 'P', loose));
    loose = [];
  };
  for (const kid of kids) {
    if (!isElement(kid) || INLINE.has(kid.type)) loose.push(kid);
    else {
      flush();
      result.push(kid);
    }
  }
  flush();
  return result;
}

function bodyOf(kids: readonly Kid[], pdf: PDFDocument): Kid[] {
  const isLabel = (kid: Kid) => isElement(kid) && kid.type === 'Lbl';
  const body = kids.filter((kid) => !isLabel(kid));
  return [...kids.filter(isLabel), ...(body.length === 0 ? [] : [makeElement(pdf, 'LBody', body)])];
}

/** Removes content that is decoration, and elements that become empty. A table keeps its empty cells, and a figure its alternative text. */
export function prune(tree: readonly StructureElement[], isDecoration: (content: MarkedContent) => boolean): StructureElement[] {
  return tree.flatMap((element) => {
    const kids = element.kids.flatMap((kid): Kid[] => {
      if (isElement(kid)) return prune([kid], isDecoration);
      return isMarked(kid) && isDecoration(kid) ? [] : [kid];
    });
    return kids.length > 0 || ['TD', 'TH', 'Figure', 'Document'].includes(element.type) ? [{ ...element, kids }] : [];
  });
}

/** Gives every page its own section with the given title, below the document. For slides, which never continue on the next page. */
export function sectionPages(tree: readonly StructureElement[], titles: ReadonlyMap<PDFRef, string>, pdf: PDFDocument): StructureElement[] {
  return tree.map((document) => {
    const sections: StructureElement[] = [];
    let page: PDFRef | null = null;
    for (const kid of document.kids) {
      const own = isElement(kid) ? contentOf(kid)[0]?.page : kid.page;
      let section = sections.at(-1);
      if (section === undefined || (own !== undefined && own !== page)) {
        section = makeElement(pdf, 'Sect', []);
        page = own ?? page;
        const title = page === null ? undefined : titles.get(page);
        if (title !== undefined) section.dict.set(PDFName.of('T'), textString(title));
        sections.push(section);
      }
      section.kids.push(kid);
    }
    return { ...document, kids: sections };
  });
}

/** Returns the block of each piece of content: a paragraph, a headline, a cell. */
export function blocksOf(tree: readonly StructureElement[]): Map<PDFRef, Map<number, StructureElement>> {
  const blocks = new Map<PDFRef, Map<number, StructureElement>>();
  const visit = (element: StructureElement, outer: StructureElement) => {
    const block = INLINE.has(element.type) ? outer : element;
    for (const kid of element.kids) {
      if (isElement(kid)) visit(kid, block);
      else if (isMarked(kid)) blocks.set(kid.page, (blocks.get(kid.page) ?? new Map()).set(kid.mcid, block));
    }
  };
  for (const element of tree) visit(element, element);
  return blocks;
}
