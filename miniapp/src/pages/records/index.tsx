import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import type { ConfirmationRecord, Journey } from '../../api-contract';
import { apiRequest } from '../../api-request';
import { SecondaryButton } from '../../components/buttons';
import { QueryStatus } from '../../components/query-status';
import { Card, Screen } from '../../components/screen';
import { useTexts } from '../../texts';
import { useQuery } from '../../use-query';
import { NextPage, PersonsPage, RecordRows, useFocusOn } from './parts';
import { useRecordTexts } from './texts';

/** 我的确认记录: what the person has confirmed, newest first. */
export default function RecordsPage() {
  const texts = useTexts();
  return (
    <PersonsPage>
      {(view) => (
        <Screen title={texts.myRecords}>
          <Records view={view} />
        </Screen>
      )}
    </PersonsPage>
  );
}

function Records({ view, after, first = 0 }: { view: Journey; after?: string; first?: number }) {
  const recordTexts = useRecordTexts();
  const query = useQuery(
    apiRequest('GET', '/api/journeys/{id}/confirmation-records', {
      path: { id: view.id },
      query: after === undefined ? {} : { after },
    }),
  );
  const page = query.value;
  useFocusOn(`record-${first}`, after !== undefined && page !== undefined);
  if (!page) return <QueryStatus query={query} />;
  const { records, next } = page;
  return (
    <>
      {records.length === 0 && (
        <Card>
          <View className="text">{recordTexts.none}</View>
        </Card>
      )}
      {records.map((record, at) => (
        <View key={record.number} id={`record-${first + at}`}>
          <RecordCard record={record} />
        </View>
      ))}
      {next && (
        <NextPage>
          <Records view={view} after={next} first={first + records.length} />
        </NextPage>
      )}
    </>
  );
}

function RecordCard({ record }: { record: ConfirmationRecord }) {
  const recordTexts = useRecordTexts();
  const { number, entity } = record;
  const open = () => void Taro.navigateTo({ url: `/pages/records/record/index?number=${number}` });
  return (
    <Card title={entity ?? recordTexts.contentDeleted}>
      <RecordRows record={record} />
      <SecondaryButton onPress={open}>{recordTexts.open}</SecondaryButton>
    </Card>
  );
}
