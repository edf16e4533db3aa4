import LineBreaker from 'linebreak';
import type { Fonts, Run, Weight } from './fonts';

/** A line of text, ready to be drawn. */
export interface Line {
  runs: Run[];
  /** In points. */
  width: number;
}

/**
 * Breaks a text into lines by Unicode's rules (UAX #14): no line begins with a closing punctuation mark, Latin words stay whole. A word
 * that is wider than the line, such as a hash, is broken anywhere.
 * @param size of the type, and `width` of the lines, in points
 */
export function linesOf(
  fonts: Fonts,
  text: string,
  { weight, size, width }: { weight: Weight; size: number; width: number },
): Line[] {
  const widthOf = (part: string) =>
    fonts.runsOf(part, weight).reduce((sum, run) => sum + run.width, 0) * size;
  const lines: string[] = [];
  let line = '';
  let filled = 0;
  const end = () => {
    lines.push(line.trimEnd());
    [line, filled] = ['', 0];
  };
  const add = (part: string, partWidth = widthOf(part)) => {
    [line, filled] = [line + part, filled + partWidth];
  };
  for (const { part, isLast } of partsOf(text)) {
    // A space at the end of a line takes no place.
    const needed = widthOf(part.trimEnd());
    if (line !== '' && filled + needed > width) end();
    if (needed > width) {
      for (const character of part.trimEnd()) {
        const characterWidth = widthOf(character);
        if (line !== '' && filled + characterWidth > width) end();
        add(character, characterWidth);
      }
    } else add(part.replaceAll('\n', ''));
    if (isLast) end();
  }
  if (line !== '' || lines.length === 0) end();
  return lines.map((written) => {
    const runs = fonts.runsOf(written, weight);
    return { runs, width: runs.reduce((sum, run) => sum + run.width, 0) * size };
  });
}

/** The parts between which a line may end. */
function* partsOf(text: string): Generator<{ part: string; isLast: boolean }> {
  const breaker = new LineBreaker(text);
  let begin = 0;
  for (let at = breaker.nextBreak(); at; at = breaker.nextBreak()) {
    yield { part: text.slice(begin, at.position), isLast: at.required === true };
    begin = at.position;
  }
}
