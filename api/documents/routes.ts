import { z } from 'zod';
import {
  authorizedDocument,
  documentDetails,
  documentTypeNames,
  documentTypes,
} from '../../domain/documents';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';

const documentType = z
  .strictObject({
    type: z.enum(documentTypeNames),
    name: z.string(),
    asks: z.array(z.enum(documentDetails)).describe('what must be given beside name and number'),
    bankCard: z.boolean().describe("whether the person's own bank card is checked too"),
    authorized: z
      .boolean()
      .describe(
        'whether to ask for authorization once this is chosen, and to fill in GET /api/authorized-identity',
      ),
    numberCode: z
      .string()
      .optional()
      .describe('the code by which a refusal says that a number is one of this document'),
    online: z.boolean().describe('false: people with this document go to the window'),
  })
  .meta({ id: 'DocumentType' });

/** 证件类型, as they are chosen from. */
export function documentRoutes({ authorizedIdentity, faceDocuments }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/document-types',
      summary: 'Documents to choose from, and what each asks for',
      audience: 'public',
      responses: {
        200: {
          description: 'In the order of the list',
          schema: z.strictObject({ documentTypes: z.array(documentType) }),
        },
      },
      async handle() {
        const list = documentTypeNames.map((type) => {
          const { name, asks, bankCardRequired, alipayCertType, numberCode } = documentTypes[type];
          const online = faceDocuments.includes(type) && alipayCertType !== undefined;
          const authorized = authorizedIdentity && type === authorizedDocument;
          return { type, name, asks, bankCard: bankCardRequired, authorized, numberCode, online };
        });
        return { status: 200, body: { documentTypes: list } };
      },
    }),
  ];
}
