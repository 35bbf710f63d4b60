/** Reads and writes the structure tree of a PDF (ISO 32000-1, 14.7), in the form that Chromium uses. */
import { PDFArray, PDFDict, type PDFDocument, PDFHexString, PDFName, PDFNumber, type PDFObject, PDFRef, PDFString } from '@cantoo/pdf-lib';

export interface StructureElement {
  /** Null when the element is not in the file yet. */
  reference: PDFRef | null;
  /** All entries except parent and kids. */
  dict: PDFDict;
  type: string;
  kids: Kid[];
}

/** A sequence of marked content on a page. */
export interface MarkedContent {
  page: PDFRef;
  mcid: number;
}

/** An annotation, such as a link. */
export interface AnnotationKid {
  page: PDFRef;
  annotation: PDFRef;
}

export type Kid = StructureElement | MarkedContent | AnnotationKid;

export const isElement = (kid: Kid): kid is StructureElement => 'kids' in kid;
export const isMarked = (kid: Kid): kid is MarkedContent => 'mcid' in kid;

/** Returns the elements below the tree's root. Null for a PDF without tags. Skips content of pages that no longer exist. */
export function readStructure(pdf: PDFDocument): StructureElement[] | null {
  const root = pdf.catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict);
  if (root === undefined) return null;
  return readKids(root.get(PDFName.of('K')), null, pdf).filter(isElement);
}

/** Creates an element. `writeStructure` adds it to the file. */
export function makeElement(pdf: PDFDocument, type: string, kids: Kid[]): StructureElement {
  return { reference: null, dict: pdf.context.obj({ Type: 'StructElem', S: type }), type, kids };
}

/** Yields every element of a tree, parents before their kids. */
export function* elementsOf(kids: readonly Kid[]): Generator<StructureElement> {
  for (const kid of kids) {
    if (!isElement(kid)) continue;
    yield kid;
    yield* elementsOf(kid.kids);
  }
}

/** Returns all marked content below an element, in reading order. */
export function contentOf(element: StructureElement): MarkedContent[] {
  return element.kids.flatMap((kid) => (isElement(kid) ? contentOf(kid) : isMarked(kid) ? [kid] : []));
}

/** Replaces the structure tree and the parent tree, which leads back from pages and links. */
export function writeStructure(pdf: PDFDocument, tree: readonly StructureElement[]): void {
  const root = pdf.catalog.lookup(PDFName.of('StructTreeRoot'), PDFDict);
  const rootReference = pdf.catalog.get(PDFName.of('StructTreeRoot'));
  if (!(rootReference instanceof PDFRef)) throw new Error('the root of the structure tree is no object of its own');
  const parents: Parents = { content: new Map(), annotations: new Map() };
  const kids = tree.map((element) => write(element, rootReference, pdf, parents));
  root.set(PDFName.of('K'), pdf.context.obj(kids));
  writeParentTree(pdf, root, parents);
}

/** `above` holds the ancestors: a broken tree may contain cycles. */
function readKids(value: PDFObject | undefined, page: PDFRef | null, pdf: PDFDocument, above: Set<PDFObject> = new Set()): Kid[] {
  const kid = pdf.context.lookup(value);
  if (kid === undefined || above.has(kid)) return [];
  above.add(kid);
  const kids =
    kid instanceof PDFArray ? kid.asArray().flatMap((each) => readKids(each, page, pdf, above)) : readKid(value, page, pdf, above);
  above.delete(kid);
  return kids;
}

function readKid(value: PDFObject | undefined, page: PDFRef | null, pdf: PDFDocument, above: Set<PDFObject>): Kid[] {
  const kid = pdf.context.lookup(value);
  if (kid instanceof PDFNumber) return page === null ? [] : [{ page, mcid: kid.asNumber() }];
  if (!(kid instanceof PDFDict)) return [];
  const own = kid.get(PDFName.of('Pg'));
  const place = own instanceof PDFRef ? own : page;
  const type = kid.lookup(PDFName.of('Type'));
  const [mcid, object, role] = [kid.lookup(PDFName.of('MCID')), kid.get(PDFName.of('Obj')), kid.lookup(PDFName.of('S'))];
  if (type === PDFName.of('MCR')) return mcid instanceof PDFNumber && place !== null ? [{ page: place, mcid: mcid.asNumber() }] : [];
  if (type === PDFName.of('OBJR')) return place !== null && object instanceof PDFRef ? [{ page: place, annotation: object }] : [];
  if (!(role instanceof PDFName)) return [];
  const kids = readKids(kid.get(PDFName.of('K')), place, pdf, above);
  return [{ reference: value instanceof PDFRef ? value : null, dict: kid, type: role.decodeText(), kids }];
}

interface Parents {
  content: Map<PDFRef, Map<number, PDFRef>>;
  annotations: Map<PDFRef, PDFRef>;
}

function write(element: StructureElement, parent: PDFRef, pdf: PDFDocument, parents: Parents): PDFRef {
  const { dict } = element;
  element.reference ??= pdf.context.register(dict);
  const { reference } = element;
  dict.set(PDFName.of('S'), PDFName.of(element.type));
  dict.set(PDFName.of('P'), parent);
  // Kids that are only numbers refer to content of this page.
  const page = element.kids.find(isMarked)?.page;
  if (page === undefined) dict.delete(PDFName.of('Pg'));
  else dict.set(PDFName.of('Pg'), page);
  const kids = element.kids.map((kid): PDFObject => {
    if (isElement(kid)) return write(kid, reference, pdf, parents);
    if (isMarked(kid)) {
      const onPage = parents.content.get(kid.page) ?? new Map<number, PDFRef>();
      parents.content.set(kid.page, onPage.set(kid.mcid, reference));
      return kid.page === page ? PDFNumber.of(kid.mcid) : pdf.context.obj({ Type: 'MCR', Pg: kid.page, MCID: kid.mcid });
    }
    parents.annotations.set(kid.annotation, reference);
    return pdf.context.obj({ Type: 'OBJR', Pg: kid.page, Obj: kid.annotation });
  });
  dict.set(PDFName.of('K'), kids.length === 1 && kids[0] !== undefined ? kids[0] : pdf.context.obj(kids));
  return reference;
}

/** ISO 32000-1, 14.7.4.4: a number tree from the keys of pages and annotations to the elements of their content. */
function writeParentTree(pdf: PDFDocument, root: PDFDict, { content, annotations }: Parents): void {
  const entries: PDFObject[] = [];
  let key = 0;
  const enter = (dict: PDFDict, name: string, value: PDFObject) => {
    dict.set(PDFName.of(name), PDFNumber.of(key));
    entries.push(PDFNumber.of(key), value);
    key += 1;
  };
  for (const { ref, node } of pdf.getPages()) {
    const elements = content.get(ref) ?? new Map<number, PDFRef>();
    const count = Math.max(-1, ...elements.keys()) + 1;
    const list = Array.from({ length: count }, (_, mcid) => elements.get(mcid) ?? null);
    enter(node, 'StructParents', pdf.context.register(pdf.context.obj(list)));
  }
  for (const [annotation, element] of annotations) {
    const dict = pdf.context.lookup(annotation);
    if (dict instanceof PDFDict) enter(dict, 'StructParent', element);
  }
  const earlier = root.get(PDFName.of('ParentTree'));
  const tree = pdf.context.obj({ Nums: entries });
  if (earlier instanceof PDFRef) pdf.context.assign(earlier, tree);
  else root.set(PDFName.of('ParentTree'), pdf.context.register(tree));
  root.set(PDFName.of('ParentTreeNextKey'), PDFNumber.of(key));
}

/** Returns a text string (ISO 32000-1, 7.9.2.2): ASCII as it is, which takes a fourth of the space, other text in UTF-16. */
export function textString(text: string): PDFString | PDFHexString {
  const writable = writableText(text);
  return /^[\x20-\x7e]*$/.test(writable) ? PDFString.of(writable.replace(/[\\()]/g, '\\$&')) : PDFHexString.fromText(writable);
}

/** Returns text that a PDF can hold on one line: replaces half surrogate pairs and control characters. */
export function writableText(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd').replace(/\p{Cc}/gu, ' ');
}
