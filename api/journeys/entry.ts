import canonicalize from 'canonicalize';
import { z } from 'zod';
import type { Entry } from '../../db/journeys';
import { sealInput } from '../../db/sealed-inputs';
import {
  detailDefects,
  documentTypeNames,
  documentTypes,
  personNumberOf,
  readDocumentNumber,
} from '../../domain/documents';
import type { DetailDefect } from '../../domain/documents';
import { readName } from '../../domain/names';
import { shanghaiDay } from '../../domain/shanghai-time';
import { defineRoute } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import type { Issue } from '../errors';
import { consentSchema, readConsents } from './consents';
import { answerTo } from './answers';
import { journeyView } from './view';

const body = z.strictObject({
  name: z.string().max(400),
  documentType: z.enum(documentTypeNames),
  documentNumber: z.string().max(64),
  validUntil: z.iso.date().optional().describe('last day; for documents that ask for it'),
  issuingCountry: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional()
    .describe('ISO 3166-1 alpha-3; for passports of other countries'),
  consents: z.array(consentSchema).max(10),
  inPerson: z
    .boolean()
    .optional()
    .describe(
      '「不刷脸，到窗口办理」 instead of 【查看待办事项】; who has no other way is led there without it',
    ),
});

/** 用户信息录入: begins a journey, or comes back to the one of this account and person. */
export function entryRoute(dependencies: ApiDependencies) {
  const { store, pseudonyms, journeys, legalTexts, now: clock } = dependencies;
  return defineRoute({
    method: 'post',
    path: '/api/journeys',
    summary: 'Enter: name, document and consents',
    audience: 'mini-app',
    idempotent: true,
    body,
    answers: {
      200: { description: 'Where the journey stands', schema: journeyView },
      202: { description: 'The document is still being checked; ask again', schema: journeyView },
    },
    async handle({ body: typed, session, idempotencyKey, now }) {
      const { documentType, validUntil, issuingCountry, inPerson } = typed;
      const today = shanghaiDay(now);
      const name = readName(typed.name);
      const number = readDocumentNumber(documentType, typed.documentNumber, today);
      const issues: Issue[] = [
        ...(name.ok ? [] : [{ path: 'name', code: name.code }]),
        ...(number.ok ? [] : [{ path: 'documentNumber', code: number.code }]),
        ...detailDefects(documentType, typed, today).map((code) => ({ path: pathOf(code), code })),
      ];
      const needed = [
        'personal-information',
        ...(documentTypes[documentType].bankCardRequired && !inPerson ? ['bank-card-notice'] : []),
      ];
      const consents = readConsents(legalTexts, typed.consents, needed, issues);
      if (!name.ok || !number.ok || issues.length > 0) throw new ApiError('invalid', { issues });

      const personKey = pseudonyms.person(documentType, personNumberOf(number, typed));
      const journey = pseudonyms.journeyId(session.account, personKey);
      const updateId = pseudonyms.updateId(
        session.account,
        idempotencyKey,
        'enter',
        canonicalize(typed) ?? '',
      );
      const entry: Entry = {
        kind: 'entry',
        account: session.account,
        personKey,
        name: name.name,
        matchKey: name.matchKey,
        documentType,
        number: number.number,
        validUntil,
        issuingCountry,
        consents,
      };
      await sealInput(store, updateId, entry, clock());
      const said = { session: session.id, input: updateId, ...(inPerson && { atWindow: {} }) };
      const outcome = await journeys.enter({ journey, documentType, said, updateId });
      return await answerTo(dependencies, outcome, { session, journey, command: 'enter' });
    },
  });
}

function pathOf(code: DetailDefect): string {
  return code.startsWith('issuing_country') ? 'issuingCountry' : 'validUntil';
}
