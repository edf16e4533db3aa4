import { View } from '@tarojs/components';
import { useState } from 'react';
import type { ConsentList, Journey } from '../../api';
import { useJourney } from '../../journey';
import { Primary, Secondary } from '../../parts/actions';
import { Aside } from '../../parts/frame';
import { Unread, useReading } from '../../parts/reading';
import { Card, Notices, Row, Screen } from '../../parts/screen';
import { timeOf, useSaid, useTexts } from '../../texts';

/** What the person has agreed to, and taking it back: as easy as giving it was (个人信息保护法 art. 15). */
export default function ConsentsPage() {
  const texts = useTexts();
  const { view } = useJourney();
  return (
    <Aside>
      <Screen title={texts.consents}>
        {view && view.step !== 'closed' ? (
          <Consents view={view} />
        ) : (
          <>
            <Notices notices={view?.notices ?? []} />
            <Card>
              <View className="text">{texts.noConsents}</View>
            </Card>
          </>
        )}
      </Screen>
    </Aside>
  );
}

function Consents({ view }: { view: Journey }) {
  const { tap, withdraw, withdrawals } = useJourney();
  const reading = useReading<ConsentList>(
    `/api/journeys/${view.id}/consents`,
    `${view.revision} ${withdrawals}`,
  );
  const list = reading.value;
  if (!list) return <Unread reading={reading} />;
  // Without the first there is no check: the journey ends with it.
  const takeBack = (kind: string) =>
    kind === 'personal-information' ? tap(`consents/${kind}/withdrawal`) : withdraw(kind);
  return (
    <>
      {list.consents.map((consent, at) => (
        <Given
          key={`${consent.kind} ${consent.givenAt}`}
          consent={consent}
          // Taking one back takes back every earlier one of its kind.
          isLast={list.consents.findIndex(({ kind }) => kind === consent.kind) === at}
          onTakeBack={takeBack}
        />
      ))}
    </>
  );
}

function Given({
  consent: { kind, version, title, givenAt, withdrawnAt, onWithdrawal },
  isLast,
  onTakeBack,
}: {
  consent: ConsentList['consents'][number];
  isLast: boolean;
  onTakeBack: (kind: string) => Promise<unknown>;
}) {
  const texts = useTexts();
  const said = useSaid();
  const [isAsked, setAsked] = useState(false);
  const mayTakeBack = isLast && !withdrawnAt;
  return (
    <Card title={said(`title_${kind}`, title)}>
      <Row label={texts.version}>{version}</Row>
      <Row label={texts.givenAt}>{timeOf(givenAt)}</Row>
      {withdrawnAt && <Row label={texts.withdrawnAt}>{timeOf(withdrawnAt)}</Row>}
      {mayTakeBack && !isAsked && <Secondary onTap={() => setAsked(true)}>{texts.withdraw}</Secondary>}
      {mayTakeBack && isAsked && (
        <>
          <View className="text">{said(`consent_withdrawn_${kind.split('-').join('_')}`, onWithdrawal)}</View>
          <Primary onTap={() => onTakeBack(kind)}>{texts.withdrawConfirm}</Primary>
          <Secondary onTap={() => setAsked(false)}>{texts.back}</Secondary>
        </>
      )}
    </Card>
  );
}
