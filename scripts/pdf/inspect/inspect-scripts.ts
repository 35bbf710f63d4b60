import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFStream } from '@cantoo/pdf-lib';

/** Whether a PDF holds JavaScript anywhere: an action of that kind (ISO 32000-1, 12.6.4.16), or scripts by name. */
export function holdsScript({ context }: PDFDocument): boolean {
  return context.enumerateIndirectObjects().some(([, object]) => holds(object));
}

const KIND = PDFName.of('S');
const SCRIPT = PDFName.of('JavaScript');
const CODE = PDFName.of('JS');

/** What it refers to is looked at by itself. */
function holds(object: PDFObject): boolean {
  if (object instanceof PDFStream) return holds(object.dict);
  if (object instanceof PDFArray) return object.asArray().some(holds);
  if (!(object instanceof PDFDict)) return false;
  if (object.get(KIND) === SCRIPT || object.has(SCRIPT) || object.has(CODE)) return true;
  return object.values().some(holds);
}
