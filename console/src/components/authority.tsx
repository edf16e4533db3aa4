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

/** An authority by name, which is Chinese in every language; its code shows when the name is pointed at. */
export function Authority({ code }: { code: string }) {
  const name = useAuthorityName()(code);
  return (
    <span title={code} lang="zh-CN">
      {name}
    </span>
  );
}
