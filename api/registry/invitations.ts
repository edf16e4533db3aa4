import { Resvg } from '@resvg/resvg-js';
import { renderSVG } from 'uqr';
import { z } from 'zod';
import { AlipayError } from '../../alipay/errors';
import { listInvitations } from '../../db/confirmations/invitations';
import type { Invitation } from '../../db/confirmations/invitations';
import { roleNames } from '../../domain/roles';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { mayGrow } from '../extensible';
import { externalIdSchema, referenceSchema } from './matter-schema';

const ofMatter = z.strictObject({ externalId: externalIdSchema });
const ofPerson = ofMatter.extend({ reference: referenceSchema });

const invitationList = z
  .strictObject({
    externalId: z.string(),
    version: z.number().int(),
    invitations: z
      .array(
        z.strictObject({
          reference: z.string(),
          roles: z.array(mayGrow(roleNames)),
          token: z.string().describe('opaque; useless to anybody but this person'),
          link: z.string().describe('opens the mini-program in Alipay, at this matter'),
          webLink: z.url().describe('the same for messages that make only web addresses touchable'),
        }),
      )
      .describe('one for each person who has not confirmed or refused yet'),
  })
  .meta({ id: 'Invitations' });

/** The first page of the mini-program (miniapp/src/app.config.ts). */
const PAGE = 'pages/home/index';

/** Links and QR codes that lead the persons of a matter to it. They are valid while the matter can be confirmed (docs/adr/0048). */
export function invitationRoutes({ store, alipay, logger }: ApiDependencies): Route[] {
  const linkOf = ({ token }: Invitation) => alipay.miniProgramLink({ page: PAGE, query: queryOf(token) });

  async function openInvitations(registry: string, externalId: string, now: Date) {
    const found = await listInvitations(store, registry, externalId, now);
    if (!found) throw new ApiError('not_found');
    if (!found.open) throw new ApiError('matter_not_open');
    return found;
  }

  async function invitationOf(registry: string, externalId: string, reference: string, now: Date) {
    const { invitations } = await openInvitations(registry, externalId, now);
    const invitation = invitations.find((one) => one.reference === reference);
    if (!invitation) throw new ApiError('not_found');
    return invitation;
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/registry/matters/:externalId/invitations',
      summary: 'The invitations to the newest version; a new version has others',
      audience: 'registration-system',
      params: ofMatter,
      errors: ['matter_not_open'],
      responses: {
        200: { description: 'To be sent to the persons, by SMS for example', schema: invitationList },
      },
      async handle({ params: { externalId }, sender: { registry }, now }) {
        const { version, invitations } = await openInvitations(registry.id, externalId, now);
        const body = {
          externalId,
          version,
          invitations: invitations.map((invitation) => ({ ...invitation, ...linkOf(invitation) })),
        };
        return { status: 200, body };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/registry/matters/:externalId/invitations/:reference/qr-code',
      summary: 'The link of an invitation as a QR code, to be printed or shown',
      audience: 'registration-system',
      params: ofPerson,
      query: z.strictObject({ form: z.enum(['png', 'svg']).default('png') }),
      errors: ['matter_not_open'],
      responses: { 200: { description: 'PNG or SVG', mediaType: 'image/*' } },
      async handle({ params: { externalId, reference }, query: { form }, sender: { registry }, now }) {
        const { link } = linkOf(await invitationOf(registry.id, externalId, reference, now));
        const svg = renderSVG(link, { border: 4, pixelSize: 10 });
        return form === 'svg'
          ? { status: 200, body: svg, headers: { 'Content-Type': 'image/svg+xml' } }
          : {
              status: 200,
              body: new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng(),
              headers: { 'Content-Type': 'image/png' },
            };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/registry/matters/:externalId/invitations/:reference/alipay-qr-code',
      summary: "The same as Alipay's own QR code, made by `alipay.open.app.qrcode.create`",
      audience: 'registration-system',
      params: ofPerson,
      errors: ['matter_not_open', 'vendor_unavailable'],
      responses: {
        200: { description: 'Where Alipay shows the picture', schema: z.strictObject({ url: z.url() }) },
      },
      async handle({ params: { externalId, reference }, sender: { registry }, now }) {
        const { token } = await invitationOf(registry.id, externalId, reference, now);
        try {
          const target = { page: PAGE, query: queryOf(token), description: '业务确认' };
          return { status: 200, body: { url: await alipay.createQrCode(target) } };
        } catch (error) {
          if (!(error instanceof AlipayError)) throw error;
          logger.warn('qr_code_not_made', { code: error.subCode ?? error.code });
          throw new ApiError('vendor_unavailable');
        }
      },
    }),
  ];
}

function queryOf(token: string): string {
  return `invitation=${token}`;
}
