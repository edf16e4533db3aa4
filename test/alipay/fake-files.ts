/** The mini-program's own files on a phone, by their paths. They outlive the mini-program. */
export type Files = Map<string, Buffer>;

interface Callbacks {
  success?(result: object): void;
  fail?(error: object): void;
  complete?(result: object): void;
}

/** Where a mini-program may write. */
export const USER_DATA_PATH = 'https://usr';

/**
 * Alipay's file system, as far as the mini-program uses it.
 * @param callBack calls back with success, or with a failure
 */
export function createFileSystem(
  files: Files,
  callBack: (callbacks: Callbacks, kind: 'success' | 'fail', result: object) => void,
): object {
  const folders = new Set<string>();
  for (const path of files.keys()) folders.add(folderOf(path));
  const answer = (callbacks: Callbacks, isPossible: boolean, work: () => void): void => {
    if (isPossible) work();
    if (isPossible) callBack(callbacks, 'success', { success: true });
    else callBack(callbacks, 'fail', { error: 10022, errorMessage: 'no such file or directory' });
  };
  return {
    rmdir: (options: Callbacks & { dirPath: string; recursive?: boolean }) =>
      answer(options, folders.has(options.dirPath), () => {
        folders.delete(options.dirPath);
        for (const path of files.keys()) if (folderOf(path) === options.dirPath) files.delete(path);
      }),
    mkdir: (options: Callbacks & { dirPath: string }) =>
      answer(options, options.dirPath.startsWith(`${USER_DATA_PATH}/`) && !folders.has(options.dirPath), () =>
        folders.add(options.dirPath),
      ),
    writeFile: (options: Callbacks & { filePath: string; data: ArrayBuffer }) =>
      answer(options, folders.has(folderOf(options.filePath)), () =>
        files.set(options.filePath, Buffer.from(new Uint8Array(options.data))),
      ),
    unlink: (options: Callbacks & { filePath: string }) =>
      answer(options, files.has(options.filePath), () => files.delete(options.filePath)),
  };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
