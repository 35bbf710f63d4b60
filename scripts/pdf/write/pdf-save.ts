import { createHash } from 'node:crypto';
import { PDFArray, PDFDict, type PDFDocument, PDFHexString, type PDFObject, PDFRef, PDFStream, PDFStreamWriter } from '@cantoo/pdf-lib';

/** Objects packed together: more pack better, and a reader unpacks all of them to see one. */
const TOGETHER = 200;

/**
 * A PDF as bytes, with small objects packed together and without objects that nothing refers to. The same PDF gives the same bytes: its id, which must differ
 * from that of other files, is made from its content.
 */
export async function savePdf(pdf: PDFDocument): Promise<Uint8Array> {
  const { context } = pdf;
  removeUnreachable(pdf);
  const id = PDFHexString.of(PLACE);
  context.trailerInfo.ID = context.obj([id, id]);
  const bytes = await PDFStreamWriter.forContext(context, Number.POSITIVE_INFINITY, true, TOGETHER).serializeToBuffer();
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const content = createHash('sha256').update(buffer).digest('hex').slice(0, PLACE.length);
  // Into the bytes, for saving twice takes twice as long.
  const end = buffer.lastIndexOf(`<${PLACE}>`);
  const start = buffer.lastIndexOf(`<${PLACE}>`, end - 1);
  if (start === -1) throw new Error('there is no place for the id of the PDF');
  for (const at of [start, end]) buffer.write(content, at + 1, 'latin1');
  return bytes;
}

/** Where the id goes when the content is known. */
const PLACE = '0123456789abcdef'.repeat(2);

function removeUnreachable({ context }: PDFDocument): void {
  const { Root, Info } = context.trailerInfo;
  const reached = new Set<PDFRef>();
  const left: (PDFObject | undefined)[] = [Root, Info];
  while (left.length > 0) {
    const object = left.pop();
    if (object instanceof PDFRef) {
      if (reached.has(object)) continue;
      reached.add(object);
      left.push(context.lookup(object));
    } else if (object instanceof PDFDict) left.push(...object.values());
    else if (object instanceof PDFArray) left.push(...object.asArray());
    else if (object instanceof PDFStream) left.push(...object.dict.values());
  }
  for (const [reference] of context.enumerateIndirectObjects()) if (!reached.has(reference)) context.delete(reference);
}
