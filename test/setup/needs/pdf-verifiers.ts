import { prepared } from '../prepared';

export interface PdfVerifiers {
  /** Path of pyHanko's program. */
  pyhanko: string;
  /** Program and first arguments. */
  verapdf: [program: string, ...args: string[]];
}

/** Programs of others that verify PDFs. Those of poppler and NSS are on PATH. */
export function pdfVerifiers(): PdfVerifiers {
  return prepared('pdf-verifiers');
}
