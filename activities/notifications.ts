import { alipayTokensOf } from '../db/journeys/alipay-tokens';
import { deleteNotification, findNotification } from '../db/matters/notifications';
import type { Notification } from '../db/matters/notifications';
import { shanghaiMinute } from '../domain/shanghai-time';
import { carriedMessage, confirmedMessage } from '../texts/user-messages';
import type { Dependencies } from './dependencies';
import { callVendor } from './failures';

/** @property code why it was not sent: Alipay's code or ours */
type NotificationResult = { sent: true } | { sent: false; code: string };

export interface NotificationActivities {
  /**
   * Tells a person in Alipay that their account made a confirmation, or that it was carried over to a new version. So a person
   * who did not do this learns of it. Alipay sends a message only to a person who has agreed to messages; if it does not, that is a
   * result and no failure.
   */
  notifyPerson(p: { matter: string; message: string }): Promise<NotificationResult>;
}

/** The page that a message opens: the list of to-dos, or the entry that leads there. */
const PAGE = 'pages/home/index';

export function createNotificationActivities({
  store,
  alipay,
  confirmedTemplate,
  logger,
}: Dependencies): NotificationActivities {
  async function send({ session, number, at, isCarried }: Notification): Promise<NotificationResult> {
    const to = await alipayTokensOf(store, session);
    if (!to) return { sent: false, code: 'session_over' };
    // Messages have been switched off since.
    if (confirmedTemplate === undefined) return { sent: false, code: 'no_template' };
    const note = isCarried ? carriedMessage : confirmedMessage;
    const keywords = [number, shanghaiMinute(at), note];
    return await callVendor(() =>
      alipay.sendMessage({ to, template: confirmedTemplate, page: PAGE, keywords }),
    );
  }

  return {
    async notifyPerson({ matter, message: id }) {
      const message = await findNotification(store.knex, matter, id);
      if (!message) return { sent: false, code: 'message_over' };
      const result = await send(message);
      if (!result.sent) logger.info('notification_not_sent', { matter, code: result.code });
      await deleteNotification(store.knex, matter, id);
      return result;
    },
  };
}
