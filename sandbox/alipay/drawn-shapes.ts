import type { Colour } from './drawn-person';

/** A filled SVG path. */
export function area(outline: string, fill: Colour, more = ''): string {
  return `<path d="${outline}" fill="${css(fill)}" ${more}/>`;
}

/** An SVG path as a line with round ends, `width` pixels thick. */
export function line(course: string, colour: Colour, width: number, more = ''): string {
  const ends = 'fill="none" stroke-linecap="round" stroke-linejoin="round"';
  return `<path d="${course}" stroke="${css(colour)}" stroke-width="${width}" ${ends} ${more}/>`;
}

export function ellipse(
  x: number,
  y: number,
  width: number,
  height: number,
  fill: Colour,
  more = '',
): string {
  return `<ellipse cx="${x}" cy="${y}" rx="${width}" ry="${height}" fill="${css(fill)}" ${more}/>`;
}

/** The shapes of the picture's right side, on both sides. */
export function onBothSides(shapes: string): string {
  return `${shapes}<g transform="scale(-1 1)">${shapes}</g>`;
}

export function movedTo(x: number, y: number, shapes: string): string {
  return `<g transform="translate(${x} ${y})">${shapes}</g>`;
}

/** Shows the shapes only inside of the outline. `id` is this clip's name within the picture. */
export function inside(id: string, outline: string, shapes: string): string {
  return `<clipPath id="${id}"><path d="${outline}"/></clipPath><g clip-path="url(#${id})">${shapes}</g>`;
}

/** Mixes two colours; `share`, 0 to 1, is that of the second. */
export function mix([red, green, blue]: Colour, [red2, green2, blue2]: Colour, share: number): Colour {
  return [red + (red2 - red) * share, green + (green2 - green) * share, blue + (blue2 - blue) * share];
}

export const white: Colour = [255, 255, 255];
export const black: Colour = [20, 16, 20];

/** The colour of skin in shadow. */
export function shadowOf(skin: Colour): Colour {
  return mix(skin, [150, 70, 50], 0.28);
}

function css(colour: Colour): string {
  return `rgb(${colour.map((part) => Math.round(part)).join()})`;
}
