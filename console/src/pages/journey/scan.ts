import { documentFileTypeOf, LARGEST_DOCUMENT_FILE } from '../../../../domain/document-files';
import type { DocumentFileType } from '../../../../domain/document-files';
import type { Transport } from '../../client';

/** What was found out about a file on this computer. */
export interface ScanFile {
  content: Blob;
  mediaType: DocumentFileType;
  /** In hex. */
  sha256: string;
}

export type ScanDefect = 'empty' | 'large' | 'unsupported';

/** Reads a file: by its beginning, since its name says nothing, and its SHA-256. @returns why it can't be the scan of a paper */
export async function readScan(file: Blob): Promise<ScanFile | ScanDefect> {
  if (file.size === 0) return 'empty';
  if (file.size > LARGEST_DOCUMENT_FILE) return 'large';
  const bytes = new Uint8Array(await file.arrayBuffer());
  const mediaType = documentFileTypeOf(bytes);
  if (!mediaType) return 'unsupported';
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const sha256 = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  // Of the type that was found, whatever the file says: a browser shows it as that and runs nothing.
  return { content: new Blob([bytes], { type: mediaType }), mediaType, sha256 };
}

/** fetch tells nothing of how much is sent. @param onProgress gets the share that is sent, 0 to 1 */
export function withProgress(onProgress: (share: number) => void): Transport {
  return async (request) => {
    const body = await request.blob();
    return await new Promise((resolve, reject) => {
      const sending = new XMLHttpRequest();
      sending.open(request.method, request.url);
      request.headers.forEach((value, name) => sending.setRequestHeader(name, value));
      sending.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total);
      sending.onload = () => {
        const retryAfter = sending.getResponseHeader('Retry-After');
        const headers = retryAfter === null ? undefined : { 'Retry-After': retryAfter };
        resolve(new Response(sending.responseText, { status: sending.status, headers }));
      };
      sending.onerror = () => reject(new TypeError('The upload has failed.'));
      sending.send(body);
    });
  };
}
