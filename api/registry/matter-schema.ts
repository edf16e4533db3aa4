import { z } from 'zod';
import {
  countryDefect,
  documentTypeNames,
  FULL_AGE,
  personNumberOf,
  readDocumentNumber,
} from '../../domain/documents';
import { EVIDENCE_NUMBER } from '../../domain/evidence';
import { readName } from '../../domain/names';
import { plainTextDefect } from '../../domain/plain-text';
import { matterKindNames, needsFullAge, roleNames } from '../../domain/roles';
import { ageOn } from '../../domain/shanghai-time';
import { isUnifiedSocialCreditCode } from '../../domain/unified-social-credit-code';
import type { MatterContent } from '../../domain/matter';
import type { Issue } from '../errors';

/** Text that a registration system words and people are shown: plain, neither links nor control characters. */
export const plainText = (longest: number) =>
  z
    .string()
    .regex(/\S/, 'text_blank')
    .max(longest)
    .superRefine((text, context) => {
      const code = plainTextDefect(text);
      if (code && code !== 'text_blank') context.addIssue({ code: 'custom', message: code });
    });

/** How a registration system calls a matter; a name that stands in paths, so none such as `..`. */
export const externalIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

/** The number of a piece of evidence, as callbacks name it. */
export const evidenceNumberSchema = z.string().regex(EVIDENCE_NUMBER);

export const authorityCodeSchema = z.string().regex(/^\d{6,12}$/);

/** How a registration system calls a person of a matter. */
export const referenceSchema = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/)
  .describe(
    '人员编号: your own id of this person, once in a matter; callbacks carry it, so no identity number',
  );

const person = z.strictObject({
  reference: referenceSchema.describe(
    '人员编号: your own id of this person, once in a matter; callbacks carry it, so no identity number',
  ),
  name: plainText(100).describe(
    'as it stands on the document; who acts for an entity is named here, and the entity in a section',
  ),
  document: z.strictObject({
    type: z.enum(documentTypeNames),
    number: z.string().min(1).max(64),
    issuingCountry: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional()
      .describe('ISO 3166-1 alpha-3; of a foreign passport, and of no other document'),
  }),
  roles: z
    .array(z.enum(roleNames))
    .min(1)
    .max(roleNames.length)
    .describe('身份类型: all of this person, each once'),
});

/** A matter as registration systems push it. */
export const matterSchema = z
  .strictObject({
    version: z
      .number()
      .int()
      .min(1)
      .max(1_000_000_000)
      .describe(
        '版本: a higher one replaces what was pushed; the same one with the same content changes nothing',
      ),
    authority: authorityCodeSchema.describe('登记机关: its administrative division (GB/T 2260)'),
    kind: z.enum(matterKindNames).describe('业务类型'),
    entity: z
      .strictObject({
        name: plainText(200),
        uscc: z
          .string()
          .refine(isUnifiedSocialCreditCode, 'uscc_invalid')
          .optional()
          .describe('统一社会信用代码 (GB 32100), if there is one yet'),
      })
      .describe('市场主体'),
    sections: z
      .array(
        z.strictObject({
          title: plainText(100),
          fields: z.array(z.strictObject({ label: plainText(100), value: plainText(20_000) })).max(200),
        }),
      )
      .min(1)
      .max(100)
      .describe('登记事项: everything that people are shown and sign, in your own words and order'),
    documents: z
      .array(z.strictObject({ name: plainText(200), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
      .max(200)
      .describe('申请材料: each by the SHA-256 of its file; one that is not uploaded is on paper'),
    persons: z
      .array(person)
      .min(1, 'matter_without_persons')
      .max(500)
      .describe('everybody who must confirm, each once with all roles'),
  })
  .meta({ id: 'Matter', title: 'Matter · 业务' });

/** How a person of a matter is identified. */
export interface ReadPerson {
  reference: string;
  name: string;
  matchKey: string;
  documentType: (typeof documentTypeNames)[number];
  number: string;
  personNumber: string;
  roles: MatterContent['persons'][number]['roles'];
}

/** Reads the persons of a matter and finds what is wrong between them. @param today in China */
export function readPersons(
  matter: MatterContent,
  today: string,
): { persons: ReadPerson[]; issues: Issue[] } {
  const issues: Issue[] = [];
  const known = new Set<string>();
  const once = (path: string, value: string, code: string) => {
    if (known.has(`${code} ${value}`)) issues.push({ path, code });
    known.add(`${code} ${value}`);
  };
  const persons = matter.persons.flatMap(({ reference, name, document, roles }, at): ReadPerson[] => {
    const path = `persons.${at}`;
    const documentType = document.type as ReadPerson['documentType'];
    const number = readDocumentNumber(documentType, document.number, today);
    const read = readName(name);
    if (!read.ok) issues.push({ path: `${path}.name`, code: read.code });
    if (!number.ok) issues.push({ path: `${path}.document.number`, code: number.code });
    const wrongCountry = countryDefect(documentType, document.issuingCountry);
    if (wrongCountry) issues.push({ path: `${path}.document.issuingCountry`, code: wrongCountry });
    once(`${path}.reference`, reference, 'reference_repeated');
    if (new Set(roles).size < roles.length) issues.push({ path: `${path}.roles`, code: 'role_repeated' });
    if (!read.ok || !number.ok) return [];
    const personNumber = personNumberOf(number, document);
    once(`${path}.document`, `${documentType} ${personNumber}`, 'person_repeated');
    // Callbacks carry the reference in clear.
    if (reference.toUpperCase().includes(number.number)) {
      issues.push({ path: `${path}.reference`, code: 'reference_is_personal' });
    }
    if (number.birthDate && ageOn(number.birthDate, today) < FULL_AGE && roles.some(needsFullAge)) {
      issues.push({ path: `${path}.roles`, code: 'role_needs_full_age' });
    }
    return [
      {
        reference,
        name: read.name,
        matchKey: read.matchKey,
        documentType,
        number: number.number,
        personNumber,
        roles,
      },
    ];
  });
  return { persons, issues };
}
