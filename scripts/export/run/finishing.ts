import { inspectPdf, type PdfExpectation, type PdfFault } from '../../pdf/inspect/inspect-pdf.ts';
import { finishPdf, type PdfFinish } from '../../pdf/write/pdf-metadata.ts';

/** How to finish a printed PDF. Plain data, so that it can be sent to another thread. */
export interface FinishOrder {
  printed: Uint8Array;
  finish: PdfFinish;
  expected: PdfExpectation;
}

export interface Finished {
  pdf: Uint8Array;
  /** The differences from what was expected. */
  faults: PdfFault[];
}

/** Finishes and inspects a printed PDF. Throws as finishPdf does. */
export async function finishAndInspect({ printed, finish, expected }: FinishOrder): Promise<Finished> {
  const pdf = await finishPdf(printed, finish);
  return { pdf, faults: await inspectPdf(pdf, expected) };
}
