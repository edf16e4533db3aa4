import { useContext } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Texts as PhoneTexts } from '../../../../miniapp/src/texts/zh-CN';
import type { Journey } from '../../client';
import { Facts } from '../../components/facts';
import { Skeleton } from '../../components/skeleton';
import { LanguageContext, useTexts, useTextsOf } from '../../texts';
import type { Language } from '../../texts';
import { journeyTexts } from '../../texts/journey';
import { phoneScreen } from './phone-screen';
import type { PhoneScreen, SeenJourney } from './phone-screen';

/** The mini-program's own texts, a file of their own for each language. */
const catalogues: Record<Language['code'], () => Promise<PhoneTexts>> = {
  'zh-CN': async () => (await import('../../../../miniapp/src/texts/zh-CN')).zhCN,
  en: async () => (await import('../../../../miniapp/src/texts/en')).en,
};

/** What the person's phone shows now: the screen of the mini-program. */
export function Seen({ journey: { seen } }: { journey: Journey }) {
  const { journey } = useTexts();
  const words = useTextsOf(journeyTexts);
  return (
    <section className="card" aria-labelledby="seen">
      <h2 id="seen">{journey.seen}</h2>
      {seen ? <Phone seen={seen} /> : <p>{words.noPhone}</p>}
    </section>
  );
}

function Phone({ seen }: { seen: SeenJourney }) {
  const { code, serverMessage } = useContext(LanguageContext).language;
  const { data: texts } = useQuery({
    queryKey: ['phone-texts', code],
    queryFn: catalogues[code],
    staleTime: Infinity,
  });
  const words = useTextsOf(journeyTexts);
  if (!texts) return <Skeleton />;
  const message = (of: string, chinese: string) => serverMessage?.(of) ?? chinese;
  const screen = phoneScreen(seen, { texts, message });
  return (
    <>
      <p className="hint">{words.seenHow}</p>
      <Drawn screen={screen} mark={screen.result && texts.marks[screen.result]} />
    </>
  );
}

function Drawn({ screen, mark }: { screen: PhoneScreen; mark?: string }) {
  const words = useTextsOf(journeyTexts);
  const { title, result, notices, lines, rows, next, buttons } = screen;
  return (
    <div className="phone" role="group" aria-label={words.phone}>
      {mark && <p className={`phone-mark phone-${result}`}>{mark}</p>}
      <h3>{title}</h3>
      {notices.map((notice) => (
        <div key={notice.text} className="phone-notice">
          {notice.title && <strong>{notice.title}</strong>}
          <p>{notice.text}</p>
        </div>
      ))}
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {rows.length > 0 && <Facts rows={rows} />}
      {next && <p className="hint">{next}</p>}
      {/* Pictures of buttons: nobody presses them but the person. */}
      {buttons.length > 0 && (
        <ul className="phone-buttons" aria-label={words.phoneButtons}>
          {buttons.map((label) => (
            <li key={label}>{label}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
