/**
 * Finds invented persons' data in everything that the system leaves behind: logs, histories, table dumps, files. A value is found
 * as it stands, in another case, cut into groups, backwards, escaped for JSON, URLs or HTML, in UTF-16, in hex, as a list
 * of bytes, in base64 at any alignment (also twice), and, for numbers, in part.
 */
export interface LeakDetector {
  /** @param name what is searched, for the report. */
  search(name: string, content: string | Buffer): Leak[];
}

export interface Leak {
  name: string;
  value: string;
  /** The form it was found in, such as `base64`. */
  form: string;
}

/** What test builders invented so far. Give each suite its own. */
export interface Inventions {
  /** Remembers a value and returns it, so that builders can write `record('…')` in place of it. */
  record<T extends string>(value: T): T;
  detector(): LeakDetector;
}

export function createInventions(): Inventions {
  const values = new Set<string>();
  return {
    record(value) {
      rejectShort(value);
      values.add(value);
      return value;
    },
    detector: () => createLeakDetector([...values]),
  };
}

// Shorter than this, random bytes would now and then contain a value by chance.
const LEAST_BYTES = 6;

/** @throws if a value is too short to be told from chance (two Chinese or six other characters are enough). */
export function createLeakDetector(values: string[]): LeakDetector {
  values.forEach(rejectShort);
  const needles = values.flatMap((value) => needlesFor(value));
  const exact = indexed(needles.filter(({ exact }) => exact));
  const folded = indexed(needles.filter(({ exact }) => !exact));
  return {
    search(name, content) {
      // One character per byte, so that text and binary are searched alike.
      const raw = Buffer.from(content as string).toString('latin1');
      const lower = foldCase(raw);
      const found = [
        ...exact(raw.replaceAll(/\s+|\\[rn]/g, '')), // base64 may be broken into lines
        ...folded(lower),
        ...folded(separatorsRemoved(lower)),
        ...folded(foldCase(unescaped(raw))),
        ...folded(foldCase(unescaped(unescaped(raw)))),
      ];
      const leaks = new Map(found.map(({ value, form }) => [`${form} ${value}`, { name, value, form }]));
      return [...leaks.values()];
    },
  };
}

interface Needle {
  value: string;
  form: string;
  /** One character per byte. */
  bytes: string;
  /** Whether upper and lower case differ, as in base64. */
  exact?: boolean;
  /** Found only where no hex digit touches it: eight digits alone occur in hashes by chance. */
  apart?: boolean;
}

function rejectShort(value: string): void {
  if (Buffer.byteLength(compact(value)) < LEAST_BYTES) {
    throw new Error(`An invented value of ${value.length} characters is too short to search for.`);
  }
}

function needlesFor(value: string): Needle[] {
  const short = compact(value);
  const backwards = [...short].reverse().join('');
  const whole = [...new Set([value, short])];
  return [
    ...whole.flatMap((text) => inEveryEncoding(value, 'plain', text)),
    ...(backwards === short ? [] : inEveryEncoding(value, 'reversed', backwards)),
    ...partsOf(short).map((part) => ({ value, form: 'part', bytes: part, apart: part.length < 10 })),
    ...partsOf(short).flatMap((part) => base64(value, 'part', Buffer.from(part))),
  ].filter(({ bytes }) => bytes.length >= LEAST_BYTES);
}

// Of a long number every ten digits in a row, and the last eight. Digits that hardly vary stand in any file.
function partsOf(short: string): string[] {
  const digits = /\d{11,}/.exec(short)?.[0] ?? '';
  const windows = [...digits].slice(9).map((_, start) => digits.slice(start, start + 10));
  const parts = digits ? [...windows, digits.slice(-8)] : [];
  return parts.filter((part) => new Set(part).size >= 3);
}

function inEveryEncoding(value: string, form: string, text: string): Needle[] {
  const named = (encoding: string) => (form === 'plain' ? encoding : `${form} ${encoding}`);
  const utf8 = Buffer.from(text);
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  const folded = (encoding: string, bytes: Buffer | string): Needle => ({
    value,
    form: named(encoding),
    bytes: foldCase(Buffer.from(bytes as string).toString('latin1')),
  });
  // A value may have been written in any of these ways before it was encoded in base64.
  const written = [text, text.toLowerCase(), text.toUpperCase(), encodeURIComponent(text), asciiJson(text)];
  return [
    ...[text, text.toLowerCase(), text.toUpperCase()].map((cased) => folded('plain', cased)),
    folded('utf-16', little),
    folded('utf-16', big),
    ...[utf8, little, big].map((bytes) => folded('hex', bytes.toString('hex'))),
    folded('bytes', [...utf8].join(',')),
    ...[...new Set(written)].flatMap((way) => base64(value, named('base64'), Buffer.from(way))),
    ...[little, big].flatMap((bytes) => base64(value, named('base64 utf-16'), bytes)),
    ...base64(value, '', utf8).flatMap((once) =>
      base64(value, named('base64 twice'), Buffer.from(once.bytes)),
    ),
  ];
}

// Base64 writes three bytes as four characters, so a value inside a longer text takes one of three shapes, less the
// characters it shares with its neighbours.
function base64(value: string, form: string, bytes: Buffer): Needle[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64url');
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + bytes.length) * 8) / 6);
    const own = text.slice(first, last);
    const standard = own.replaceAll('-', '+').replaceAll('_', '/');
    return [...new Set([own, standard])].map((shape) => ({ value, form, bytes: shape, exact: true }));
  });
}

// Looks every position up by its first characters, so that the time taken depends on the content and hardly on the needles.
function indexed(needles: Needle[]): (content: string) => Needle[] {
  const byStart = new Map<string, Needle[]>();
  for (const needle of needles) {
    const start = needle.bytes.slice(0, LEAST_BYTES);
    byStart.set(start, [...(byStart.get(start) ?? []), needle]);
  }
  return (content) => {
    const found: Needle[] = [];
    for (let at = 0; at <= content.length - LEAST_BYTES; at++) {
      const here = byStart.get(content.slice(at, at + LEAST_BYTES)) ?? [];
      found.push(...here.filter((needle) => standsAt(content, at, needle)));
    }
    return found;
  };
}

function standsAt(content: string, at: number, { bytes, apart }: Needle): boolean {
  if (!content.startsWith(bytes, at)) return false;
  return !apart || !/[0-9a-f]/.test(content.charAt(at - 1) + content.charAt(at + bytes.length));
}

// ASCII only: the other characters here are bytes, and only stand for letters together.
function foldCase(bytes: string): string {
  return bytes.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function compact(value: string): string {
  return value.replaceAll(/[\s\-_.·•:/()]+/gu, '');
}

function separatorsRemoved(lower: string): string {
  // The second part is the middle dot (U+00B7) and the bullet (U+2022) in UTF-8.
  return lower.replaceAll(/(?:[\s\-_.:/()]|\xc2\xb7|\xe2\x80\xa2)+/g, '');
}

// \uXXXX, \xXX, %XX, &#NN; and &#xNN; become what they stand for.
function unescaped(raw: string): string {
  return raw
    .replaceAll(/(?:\\+u[0-9a-fA-F]{4})+/g, (escapes) =>
      Buffer.from(
        escapes.replaceAll(/\\+u([0-9a-fA-F]{4})/g, (_, hex: string) =>
          String.fromCharCode(parseInt(hex, 16)),
        ),
      ).toString('latin1'),
    )
    .replaceAll(/(?:\\+x|%)([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replaceAll(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (whole, hex: string | undefined, decimal: string) => {
      const point = hex ? parseInt(hex, 16) : Number(decimal);
      return point <= 0x10ffff ? Buffer.from(String.fromCodePoint(point)).toString('latin1') : whole;
    });
}

function asciiJson(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
