import { View } from '@tarojs/components';
import { consentKinds } from '../../../../domain/consents';
import type { Journey, PathValuesOf, ResponseOf } from '../../api-contract';
import { apiRequest } from '../../api-request';
import { ConfirmPress } from '../../components/confirm-press';
import { TextInForce } from '../../components/consent';
import { SubPage } from '../../components/frame';
import { LegalTextLink } from '../../components/legal-text';
import { QueryStatus } from '../../components/query-status';
import { Card, Notices, Row, Screen } from '../../components/screen';
import { useJourney } from '../../journey';
import { platform } from '../../platform';
import { formatTime, useServerMessage, useTexts } from '../../texts';
import { useQuery } from '../../use-query';

type OptionalKind = PathValuesOf<'POST', '/api/journeys/{id}/consents/{kind}/withdrawal'>['kind'];
type GivenConsent = ResponseOf<'GET', '/api/journeys/{id}/consents'>['consents'][number];

/** The person's consents. Withdrawing one is as easy as giving it was (个人信息保护法 art. 15). */
export default function ConsentsPage() {
  const texts = useTexts();
  const { view } = useJourney();
  return (
    <SubPage>
      <Screen title={texts.consents}>
        {view && view.step !== 'closed' ? (
          <Consents view={view} />
        ) : (
          <>
            <Notices notices={view?.notices ?? []} />
            <Card>
              <View className="text">{texts.noConsents}</View>
            </Card>
            <Card title={texts.textsInForce}>
              {consentKinds.map((kind) => (
                <View key={kind}>
                  <TextInForce kind={kind} />
                </View>
              ))}
            </Card>
          </>
        )}
      </Screen>
    </SubPage>
  );
}

function Consents({ view }: { view: Journey }) {
  const { send } = useJourney();
  const { id, revision } = view;
  const query = useQuery(apiRequest('GET', '/api/journeys/{id}/consents', { path: { id } }), revision);
  const list = query.value;
  if (!list) return <QueryStatus query={query} />;
  const withdraw = async (kind: string) => {
    if (kind === 'personal-information') {
      // The journey can't go on without it, and ends.
      await send('/api/journeys/{id}/consents/personal-information/withdrawal');
    } else if (isOptional(kind)) {
      await send('/api/journeys/{id}/consents/{kind}/withdrawal', { path: { kind } });
      // This withdrawal does not change the journey's revision.
      query.reload();
    }
  };
  return (
    <>
      {list.consents.map((consent, index) => (
        <ConsentCard
          key={`${consent.kind} ${consent.givenAt}`}
          consent={consent}
          // A withdrawal is of this one and all earlier ones of its kind.
          isLatest={list.consents.findIndex(({ kind }) => kind === consent.kind) === index}
          onWithdraw={withdraw}
        />
      ))}
    </>
  );
}

// Checked against the API's type, so that a new kind does not compile before it is here.
const optionalKinds: Record<OptionalKind, true> = {
  'face-check': true,
  'portrait-archiving': true,
  'bank-card-check': true,
  'bank-card-notice': true,
};

function isOptional(kind: string): kind is OptionalKind {
  return kind in optionalKinds;
}

function ConsentCard({
  consent: { kind, version, title, givenAt, withdrawnAt, onWithdrawal },
  isLatest,
  onWithdraw,
}: {
  consent: GivenConsent;
  isLatest: boolean;
  onWithdraw: (kind: string) => Promise<void>;
}) {
  const texts = useTexts();
  const serverMessage = useServerMessage();
  const withdraw = async () => {
    await onWithdraw(kind);
    // The button that was pressed is gone.
    platform.skipToText?.();
  };
  const mayWithdraw = isLatest && !withdrawnAt;
  return (
    <Card title={serverMessage(`title_${kind}`, title)}>
      <Row label={texts.version}>{version}</Row>
      <Row label={texts.givenAt}>{formatTime(givenAt)}</Row>
      {withdrawnAt && <Row label={texts.withdrawnAt}>{formatTime(withdrawnAt)}</Row>}
      <LegalTextLink text={{ kind, version, title }} />
      {mayWithdraw && (
        <ConfirmPress
          label={texts.withdraw}
          loss={serverMessage(`consent_withdrawal_${kind.split('-').join('_')}`, onWithdrawal)}
          confirm={texts.withdrawConfirm}
          onConfirm={withdraw}
        />
      )}
    </Card>
  );
}
