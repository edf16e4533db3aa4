import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useCallback, useState } from 'react';
import type { ConfirmationRecordDetails, Journey } from '../../../api-contract';
import { apiRequest } from '../../../api-request';
import { NumberRow } from '../../../components/number-row';
import { QrCode } from '../../../components/qr-code';
import { QueryStatus } from '../../../components/query-status';
import { Card, Row, Screen } from '../../../components/screen';
import { formatTime, textOf, useServerMessage, useTexts } from '../../../texts';
import { useQuery } from '../../../use-query';
import { LetterCard } from '../letter';
import { PersonsPage, RecordRows } from '../parts';
import { ViewsCard } from '../views';
import { useRecordTexts } from '../texts';

/** One of the person's confirmations: what it was, the letter to keep, where it is verified, and who saw it. */
export default function RecordPage() {
  const recordTexts = useRecordTexts();
  const { number = '' } = useRouter().params;
  return (
    <PersonsPage>
      {(view) => (
        <Screen title={recordTexts.recordTitle}>
          <Record view={view} number={number} />
        </Screen>
      )}
    </PersonsPage>
  );
}

function Record({ view: { id }, number }: { view: Journey; number: string }) {
  const recordTexts = useRecordTexts();
  const path = { id, number };
  const query = useQuery(apiRequest('GET', '/api/journeys/{id}/confirmation-records/{number}', { path }));
  // The person's own reading of the letter is a view, too.
  const [reads, setReads] = useState(0);
  const noteReading = useCallback(() => setReads((before) => before + 1), []);
  const record = query.value;
  if (!record) return <QueryStatus query={query} />;
  const { entity, state, letter, verifyUrl } = record;
  const what = textOf(recordTexts.statesWhat, state);
  return (
    <>
      <Card title={entity ?? recordTexts.contentDeleted}>
        {what && (
          <View className="notice" role="note">
            {what}
          </View>
        )}
        <RecordRows record={record} />
      </Card>
      <PersonCard record={record} />
      <SealCard record={record} />
      <LetterCard path={path} letter={letter} onRead={noteReading} onRetry={query.reload} />
      {verifyUrl && <VerifyCard url={verifyUrl} />}
      <ViewsCard path={path} reads={reads} />
    </>
  );
}

function PersonCard({ record: { person } }: { record: ConfirmationRecordDetails }) {
  const texts = useTexts();
  const recordTexts = useRecordTexts();
  const serverMessage = useServerMessage();
  if (!person) return null;
  const { name, documentType, documentName, number } = person;
  return (
    <Card title={recordTexts.person}>
      <Row label={texts.name}>{name}</Row>
      <Row label={texts.documentType}>{serverMessage(`document_${documentType}`, documentName)}</Row>
      <Row label={texts.documentNumber}>{number}</Row>
    </Card>
  );
}

/** When and by whom it was signed and time-stamped. */
function SealCard({ record: { seal } }: { record: ConfirmationRecordDetails }) {
  const recordTexts = useRecordTexts();
  const { signedAt, signedBy, stampedAt, stampedBy } = seal;
  return (
    <Card title={recordTexts.seal}>
      {!signedAt && <View className="text">{recordTexts.notSealed}</View>}
      {signedAt && <Row label={recordTexts.signedAt}>{formatTime(signedAt)}</Row>}
      {signedBy && <Row label={recordTexts.signedBy}>{signedBy}</Row>}
      {signedAt && !stampedAt && <View className="text">{recordTexts.notStamped}</View>}
      {stampedAt && <Row label={recordTexts.stampedAt}>{formatTime(stampedAt)}</Row>}
      {stampedBy && <Row label={recordTexts.stampedBy}>{stampedBy}</Row>}
    </Card>
  );
}

/** Where others verify it, if the person gives them the address. */
function VerifyCard({ url }: { url: string }) {
  const recordTexts = useRecordTexts();
  return (
    <Card title={recordTexts.verify}>
      <View className="text">{recordTexts.verifyWhat}</View>
      <QrCode content={url} label={recordTexts.verifyCode} />
      <NumberRow label={recordTexts.verifyAddress} number={url} />
    </Card>
  );
}
