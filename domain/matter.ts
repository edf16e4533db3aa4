import type { MatterKind, Role } from './roles';

/** One version of an application, in the words of the registration system that pushes it. */
export interface MatterContent {
  version: number;
  /** Registration authority, by administrative division (GB/T 2260). */
  authority: string;
  kind: MatterKind;
  entity: { name: string; uscc?: string };
  sections: { title: string; fields: { label: string; value: string }[] }[];
  documents: { name: string; sha256: string }[];
  persons: MatterPerson[];
}

export interface MatterPerson {
  /** The registration system's own id of the person, which callbacks use instead of personal data. */
  reference: string;
  name: string;
  document: { type: string; number: string; issuingCountry?: string };
  roles: Role[];
}

/** The text that one person is shown and signs. */
export interface ShownText extends Pick<
  MatterContent,
  'authority' | 'kind' | 'entity' | 'sections' | 'documents'
> {
  person: { name: string; documentType: string; roles: Role[] };
}

/**
 * Exactly what one person is shown and signs; its canonical JSON is hashed. The version is not part of it, so that what a
 * person signed stays signed where a new version shows them the same.
 */
export function textShownTo(
  matter: MatterContent,
  person: Pick<MatterPerson, 'name' | 'document' | 'roles'>,
): ShownText {
  const { authority, kind, entity, sections, documents } = matter;
  return {
    authority,
    kind,
    entity,
    sections,
    documents,
    person: { name: person.name, documentType: person.document.type, roles: [...person.roles].sort() },
  };
}
