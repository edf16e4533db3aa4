import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import type { Complaint } from '../../api-contract';
import { apiRequest } from '../../api-request';
import { SecondaryButton } from '../../components/buttons';
import { SubPage } from '../../components/frame';
import { NumberRow } from '../../components/number-row';
import { QueryStatus } from '../../components/query-status';
import { Card, Row, Screen, Section } from '../../components/screen';
import { scrollToTop } from '../../components/scroll-to-top';
import { Skeleton } from '../../components/skeleton';
import { useJourney } from '../../journey';
import { platform } from '../../platform';
import { ComplaintForm } from '../../screens/complaint-form';
import { TakenOver } from '../../screens/taken-over';
import { formatTime, useTexts } from '../../texts';
import { useQuery } from '../../use-query';

/** 投诉建议: for everybody who is signed in, whatever the state of their journey. */
export default function ComplaintsPage() {
  const texts = useTexts();
  const { isReady, isBusy, handover } = useJourney();
  return (
    <SubPage>
      {!platform.channel && (
        <Card>
          <View className="text">{texts.comesLater}</View>
        </Card>
      )}
      {handover === 'taken' && <TakenOver />}
      {isReady && handover !== 'taken' && <Complaints />}
      {!isReady && isBusy && <Skeleton lines={6} />}
    </SubPage>
  );
}

function Complaints() {
  const { complaints: texts } = useTexts();
  const [sent, setSent] = useState<Complaint>();
  const query = useQuery(apiRequest('GET', '/api/complaints'), sent?.number);
  const list = query.value?.complaints;
  return (
    <>
      <Screen title={texts.title}>
        {sent ? (
          <Receipt complaint={sent} onAnother={() => setSent(undefined)} />
        ) : (
          <ComplaintForm onSent={setSent} />
        )}
      </Screen>
      <Section title={texts.own}>
        {list ? (
          list.map((complaint) => <ComplaintCard key={complaint.number} complaint={complaint} />)
        ) : (
          <QueryStatus query={query} />
        )}
        {list?.length === 0 && <View className="hint">{texts.none}</View>}
      </Section>
    </>
  );
}

const RECEIPT = 'complaint-receipt';

/** Takes the place of the form that was sent. */
function Receipt({ complaint, onAnother }: { complaint: Complaint; onAnother: () => void }) {
  const { complaints: texts } = useTexts();
  useEffect(() => {
    scrollToTop();
    // The button that was pressed is gone.
    platform.focus(RECEIPT);
  }, []);
  return (
    <View id={RECEIPT} role="status">
      <Card title={texts.received}>
        <NumberRow label={texts.number} number={complaint.number} />
        <View className="text">{texts.next}</View>
        <SecondaryButton onPress={onAnother}>{texts.another}</SecondaryButton>
      </Card>
    </View>
  );
}

function ComplaintCard({ complaint: { number, kind, text, madeAt, answer } }: { complaint: Complaint }) {
  const { complaints: texts } = useTexts();
  return (
    <Card title={texts.kinds[kind]}>
      <Row label={texts.number}>{number}</Row>
      <Row label={texts.sentAt}>{formatTime(madeAt)}</Row>
      <Row label={texts.text}>
        <View className="text">{text}</View>
      </Row>
      <Row label={texts.answer}>
        <View className="text">{answer?.text ?? texts.unanswered}</View>
      </Row>
      {answer && <Row label={texts.answeredAt}>{formatTime(answer.at)}</Row>}
    </Card>
  );
}
