/**
 * Adds objects to a finished PDF without changing a byte of it (an incremental update, ISO 32000-1, 7.5.6). It reads files as pdfkit
 * and this writer write them: with a cross-reference table, and one dictionary an object.
 */
export interface Revision {
  /** The number of the catalogue. */
  readonly root: number;
  /** The dictionary of an object. @throws Error if there is none */
  dictionaryOf(object: number): string;
  /** @param body as it stands between `obj` and `endobj` @returns the number of the new object */
  add(body: string | Buffer): number;
  replace(object: number, body: string): void;
  /** The file with the additions. */
  write(): Buffer;
}

export function revise(file: Buffer): Revision {
  const { offsets, trailer, startxref } = readTables(file);
  const root = referenceIn(trailer, 'Root');
  let size = Number(/\/Size (\d+)/.exec(trailer)?.[1]);
  const added = new Map<number, string | Buffer>();
  return {
    root,
    dictionaryOf(object) {
      const written = added.get(object);
      if (written !== undefined) return written.toString('latin1');
      const offset = offsets.get(object);
      if (offset === undefined) throw new Error(`The document has no object ${object}.`);
      return file
        .subarray(file.indexOf('obj', offset) + 3, file.indexOf('endobj', offset))
        .toString('latin1')
        .trim();
    },
    add(body) {
      size += 1;
      added.set(size - 1, body);
      return size - 1;
    },
    replace(object, body) {
      added.set(object, body);
    },
    write() {
      const parts = [file];
      let length = file.length;
      const append = (part: Buffer) => {
        parts.push(part);
        length += part.length;
      };
      const sections = [...added].map(([object, body]) => {
        const offset = length;
        append(Buffer.from(`${object} 0 obj\n`));
        append(typeof body === 'string' ? Buffer.from(body, 'latin1') : body);
        append(Buffer.from('\nendobj\n'));
        return `${object} 1\n${String(offset).padStart(10, '0')} 00000 n \n`;
      });
      const table = length;
      const kept = trailer
        .replace(/\/(?:Size|Prev) \d+\n/g, '')
        .replace('<<', `<<\n/Size ${size}\n/Prev ${startxref}`);
      append(
        Buffer.from(`xref\n${sections.join('')}trailer\n${kept}\nstartxref\n${table}\n%%EOF\n`, 'latin1'),
      );
      return Buffer.concat(parts);
    },
  };
}

/** The number that a reference in a dictionary names. @throws Error if it is not there */
export function referenceIn(dictionary: string, key: string): number {
  const number = new RegExp(String.raw`/${key}\s+\[?\s*(\d+) 0 R`).exec(dictionary)?.[1];
  if (number === undefined) throw new Error(`The document has no ${key}.`);
  return Number(number);
}

/** A dictionary with one more entry at its end. */
export function withEntry(dictionary: string, entry: string): string {
  return `${dictionary.slice(0, dictionary.lastIndexOf('>>'))}${entry}\n>>`;
}

interface Tables {
  /** Of every object, in bytes from the beginning of the file. */
  offsets: Map<number, number>;
  /** The newest. */
  trailer: string;
  startxref: number;
}

function readTables(file: Buffer): Tables {
  const startxref = Number(
    /startxref\s+(\d+)/.exec(file.subarray(file.lastIndexOf('startxref')).toString('latin1'))?.[1],
  );
  const offsets = new Map<number, number>();
  let newest: string | undefined;
  for (let at = startxref; ;) {
    const trailerAt = file.indexOf('trailer', at);
    if (Number.isNaN(at) || trailerAt < 0) throw new Error('The document has no cross-reference table.');
    let object = 0;
    for (const line of file.subarray(at, trailerAt).toString('latin1').split('\n')) {
      const [, first, , offset, kind] = /^(\d+) (\d+)$|^(\d{10}) \d{5} ([nf])/.exec(line.trim()) ?? [];
      if (first !== undefined) object = Number(first);
      if (kind === undefined) continue;
      if (kind === 'n' && !offsets.has(object)) offsets.set(object, Number(offset));
      object += 1;
    }
    const trailer = file
      .subarray(trailerAt + 7, file.indexOf('startxref', trailerAt))
      .toString('latin1')
      .trim();
    newest ??= trailer;
    const before = /\/Prev (\d+)/.exec(trailer)?.[1];
    if (before === undefined) return { offsets, trailer: newest, startxref };
    at = Number(before);
  }
}
