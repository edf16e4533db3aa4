/** 申请材料: the documents of a matter that people can open. The registration system uploads them; one that it did not is on paper. */
export const applicationDocumentTypes = ['application/pdf', 'image/jpeg', 'image/png'] as const;

export type ApplicationDocumentType = (typeof applicationDocumentTypes)[number];

/** In bytes. */
export const LARGEST_APPLICATION_DOCUMENT = 20 * 1024 * 1024;

// The first bytes of a PDF (ISO 32000-2, 7.5.2), a JPEG (ITU-T T.81, SOI and the first marker) and a PNG (RFC 2083, 3.1).
const beginnings: Readonly<Record<ApplicationDocumentType, readonly number[]>> = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
};

/** By its first bytes, since a name or a header may say anything. @returns undefined for any other file */
export function applicationDocumentTypeOf(content: Uint8Array): ApplicationDocumentType | undefined {
  return applicationDocumentTypes.find((type) =>
    beginnings[type].every((byte, position) => content[position] === byte),
  );
}
