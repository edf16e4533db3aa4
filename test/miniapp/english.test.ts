import { en } from '../../miniapp/src/texts/en';
import { serverMessagesInEnglish } from '../../miniapp/src/texts/server-messages.en';
import { phonesOf } from './browser-phone';
import type { BrowserPhone } from './browser-phone';
import { MINUTES, setStage } from '../setup/stage';

// A whole journey of a person who reads English.

const stage = setStage('english', 18_230);
const withPhone = phonesOf(stage);

/** Labels within the matter, as its registration system pushed them. */
const FIELDS = ['监事', '联络员', '财务负责人'];

/** What the mini-program itself says in Chinese; names and the content of matters stay as they are. */
const chineseOn = ({ page }: BrowserPhone) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('.screen-title, .action, .hint, .row-label, .tab, .notice, .consent-text')]
      .filter((one) => one.getClientRects().length > 0)
      .map(({ textContent }) => textContent)
      .filter((text) => /\\p{sc=Han}/u.test(text) && !${JSON.stringify(FIELDS)}.includes(text))`,
  );

test(
  'every screen from the entry to the end speaks English, with commas between the roles',
  () =>
    withPhone('tester-4', async (phone, holder) => {
      const isAt = async (title: string) => {
        await phone.isAt(title);
        expect([title, await chineseOn(phone)]).toEqual([title, []]);
      };
      await phone.open(holder);
      await phone.pressLink('English');
      await isAt(en.title);
      await phone.fill('name', holder.name);
      await phone.press(phone.visible('.picked').first());
      await phone.press(
        phone
          .visible('.option')
          .getByText(serverMessagesInEnglish['document_resident-id'] ?? '', { exact: true }),
      );
      await phone.fill('documentNumber', holder.document.number);
      await phone.tick();
      await phone.pressButton(en.viewToDos);
      await isAt(en.faceTitle);
      await phone.face({ button: en.agreeAndVerify });
      await isAt(en.passedTitle);
      await phone.pressButton(en.goOn);
      await isAt(en.cardTitle);
      await phone.fill('cardNumber', holder.bankCards[0]?.number ?? '');
      await phone.tick();
      await phone.pressButton(en.submitCard);
      await phone.shows(en.portraitWhat);
      await isAt(en.portraitTitle);
      await phone.pressButton(en.viewToDos);
      await isAt(en.toDosTitle);
      await phone.pressButton(en.confirmMatter);
      await isAt(en.detailsTitle);
      await phone.pressButton(en.confirm);
      await isAt(en.matterFaceTitle);
      await phone.face({ button: en.agreeAndVerify });
      await phone.isAt(en.signTitle);
      await phone.padIsReady(0);
      await phone.visible('.summary').getByText('Finance officer, Liaison').waitFor();
      await isAt(en.signTitle);
      await phone.sign();
      await phone.pressButton(en.confirm);
      await phone.shows(en.evidenceNumber);
      await isAt(en.completedTitle);
      await phone.pressButton(en.backToToDos);
      await phone.shows(en.allDone);
      await isAt(en.toDosTitle);
      await phone.pressAndConfirm(en.finish, en.closeConfirm);
      await phone.shows(en.lastIsOver);
      await isAt(en.title);
    }),
  3 * MINUTES,
);
