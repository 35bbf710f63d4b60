import { inspectPdf, type PdfExpectation, type PdfFault } from '../../pdf/inspect/inspect-pdf.ts';
import { finishPdf, type PdfFinish } from '../../pdf/write/pdf-metadata.ts';

/** What is to be made of a printed PDF: plain data, which another thread can be given. */
export interface FinishOrder {
  printed: Uint8Array;
  finish: PdfFinish;
  expected: PdfExpectation;
}

export interface Finished {
  pdf: Uint8Array;
  /** In what it is not as it was expected. */
  faults: PdfFault[];
}

/** Finishes a printed PDF and inspects what came of it. Throws as finishPdf does. */
export async function finishAndInspect({ printed, finish, expected }: FinishOrder): Promise<Finished> {
  const pdf = await finishPdf(printed, finish);
  return { pdf, faults: await inspectPdf(pdf, expected) };
}
