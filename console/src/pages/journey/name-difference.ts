/** A part of two texts: in both, or in one of them only. */
export interface Part {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** The difference of two short texts, character by character (longest common subsequence). A rare character may be two code units. */
export function differenceOf(before: string, after: string): Part[] {
  const [from, to] = [[...before], [...after]];
  // common[i][j]: how many characters the rests from i and j have in common.
  const common = Array.from({ length: from.length + 1 }, () => new Array<number>(to.length + 1).fill(0));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = from.length - 1; i >= 0; i -= 1) {
    for (let j = to.length - 1; j >= 0; j -= 1) {
      const row = common[i];
      if (row) row[j] = from[i] === to[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const parts: Part[] = [];
  const add = (kind: Part['kind'], text = '') => {
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += text;
    else parts.push({ kind, text });
  };
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    if (i < from.length && j < to.length && from[i] === to[j]) {
      add('same', from[i]);
      i += 1;
      j += 1;
    } else if (i < from.length && (j >= to.length || at(i + 1, j) >= at(i, j + 1))) {
      add('removed', from[i]);
      i += 1;
    } else {
      add('added', to[j]);
      j += 1;
    }
  }
  return parts;
}

/** The code points of a text: two ways to write a name can look the same. */
export function codePointsOf(text: string): string {
  return [...text]
    .map((one) => `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
    .join(' ');
}
