import type { DocumentFileType } from '../../../domain/document-files';
import type { HeldFile, Platform } from './contract';

const TIMEOUT_MS = 60_000;

const endings: Readonly<Record<DocumentFileType, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
};

export const readFile: Platform['readFile'] = (url, headers) =>
  new Promise((resolve) => {
    void my.request({
      ...{ url, headers, dataType: 'arraybuffer', timeout: TIMEOUT_MS },
      success: ({ data }: { data?: unknown }) => resolve(data as ArrayBuffer),
      fail: () => resolve(undefined),
    });
  });

/** Writes a file into the mini-program's own folder, which is the only place where Alipay's viewer and pictures find it. */
export async function holdFile({
  bytes,
  mediaType,
  name,
}: Parameters<Platform['holdFile']>[0]): Promise<HeldFile> {
  const files = my.getFileSystemManager();
  const dirPath = `${my.env.USER_DATA_PATH}/documents`;
  // The mini-program may have been killed before it took an earlier one away.
  await settled((complete) => void files.rmdir({ dirPath, recursive: true, complete }));
  await settled((complete) => void files.mkdir({ dirPath, recursive: true, complete }));
  // Each has a name of its own, since Alipay may remember a picture by its address.
  const filePath = `${dirPath}/${name}.${endings[mediaType]}`;
  await new Promise<void>((resolve, reject) => {
    void files.writeFile({ filePath, data: bytes, success: () => resolve(), fail: reject });
  });
  return {
    url: filePath,
    openPdf: () =>
      new Promise((resolve) => {
        void my.openDocument({
          ...{ filePath, fileType: 'pdf' },
          success: () => resolve(true),
          fail: () => resolve(false),
        });
      }),
    release: () => void files.unlink({ filePath }),
  };
}

/** Waits for a call, whether it succeeds or not: a folder may be gone or there already. */
function settled(call: (complete: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    call(resolve);
  });
}
