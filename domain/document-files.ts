/** What a file of a document may be: 申请材料 that registration systems upload, and scans of papers that clerks have seen. */
export const documentFileTypes = ['application/pdf', 'image/jpeg', 'image/png'] as const;

export type DocumentFileType = (typeof documentFileTypes)[number];

/** In bytes. */
export const LARGEST_DOCUMENT_FILE = 20 * 1024 * 1024;

// The first bytes of a PDF (ISO 32000-2, 7.5.2), a JPEG (ITU-T T.81, SOI and the first marker) and a PNG (RFC 2083, 3.1).
const beginnings: Readonly<Record<DocumentFileType, readonly number[]>> = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
};

/** By its first bytes, since a name or a header may say anything. @returns undefined for any other file */
export function documentFileTypeOf(content: Uint8Array): DocumentFileType | undefined {
  return documentFileTypes.find((type) =>
    beginnings[type].every((byte, position) => content[position] === byte),
  );
}
