import { Fragment } from 'react';
import { useQuery } from '@tanstack/react-query';
import { NATIONAL } from '../../../domain/clerks';
import { queries } from '../queries';
import { useTexts } from '../texts';
import { nameOfAuthority } from './authority-names';

/** How the console names an authority or a division. Until the names are there, and where there is none, by its code. */
export function useAuthorityName(): (code: string) => string {
  const { national } = useTexts();
  const { data } = useQuery(queries.authorities());
  return (code) => {
    if (code === NATIONAL) return national;
    return data ? nameOfAuthority(data, code) : code;
  };
}

/** The language of that name, where it is not the page's: only the national desk is named in it. */
export function languageOfAuthority(code: string): 'zh-CN' | undefined {
  return code === NATIONAL ? undefined : 'zh-CN';
}

/** An authority by name; its code shows when the name is pointed at. */
export function Authority({ code }: { code: string }) {
  const name = useAuthorityName()(code);
  return (
    <span title={code} lang={languageOfAuthority(code)}>
      {name}
    </span>
  );
}

/** Several, in one line. */
export function Authorities({ codes }: { codes: readonly string[] }) {
  return codes.map((code, at) => (
    <Fragment key={code}>
      {at > 0 && '、'}
      <Authority code={code} />
    </Fragment>
  ));
}
