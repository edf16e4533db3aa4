import type { Schemas } from '../client';

export type AuthorityNames = Schemas['AuthorityNames'];

// Groups of GB/T 2260 that are no cities: their counties are named after the province.
const NO_CITY = /^(省|自治区)直辖县级行政区划$|^市辖区$|^县$/;

/** The name of a division with those above it, such as 浙江省杭州市西湖区; the code where it has no name. */
export function nameOfAuthority({ divisions, others }: AuthorityNames, code: string): string {
  const known = others[code];
  if (known !== undefined) return known;
  const levels = [code.slice(0, 2), code.slice(0, 4), code.slice(0, 6)].slice(0, Math.ceil(code.length / 2));
  const names = levels.map((one) => divisions[one]);
  if (names.includes(undefined)) return code;
  const [province = '', city = '', county = ''] = names as string[];
  const middle = city === province || NO_CITY.test(city) ? '' : city;
  const name = county === city ? `${province}${middle}` : `${province}${middle}${county}`;
  // Below a county an authority has digits of its own.
  return code.length > 6 ? `${name} ${code}` : name;
}
