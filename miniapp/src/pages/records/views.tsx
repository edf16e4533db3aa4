import { View } from '@tarojs/components';
import type { EvidenceView } from '../../api-contract';
import { apiRequest } from '../../api-request';
import { QueryStatus } from '../../components/query-status';
import { Card } from '../../components/screen';
import { fillIn, formatTime, textOf, useTexts } from '../../texts';
import { useQuery } from '../../use-query';
import { NextPage, useFocusOn } from './parts';
import { useRecordTexts } from './texts';
import type { RecordTexts } from './texts';

interface Path {
  id: string;
  number: string;
}

/** 谁看过这份记录. @param reads how often the person has read the letter on this page, since that is a view, too */
export function ViewsCard({ path, reads }: { path: Path; reads: number }) {
  const recordTexts = useRecordTexts();
  return (
    <Card title={recordTexts.views}>
      <View className="hint">{recordTexts.viewsWhat}</View>
      <Views path={path} reads={reads} />
    </Card>
  );
}

function Views({
  path,
  reads,
  after,
  first = 0,
}: {
  path: Path;
  reads?: number;
  after?: string;
  first?: number;
}) {
  const texts = useTexts();
  const recordTexts = useRecordTexts();
  const query = useQuery(
    apiRequest('GET', '/api/journeys/{id}/confirmation-records/{number}/views', {
      path,
      query: after === undefined ? {} : { after },
    }),
    reads,
  );
  const page = query.value;
  useFocusOn(`view-${first}`, after !== undefined && page !== undefined);
  if (!page) return <QueryStatus query={query} />;
  const { views, next } = page;
  // Taro's types know no keys.
  const forKeys: object = { tabIndex: -1 };
  return (
    <>
      {views.length === 0 && <View className="text">{recordTexts.noViews}</View>}
      {views.map((view, at) => (
        <View key={first + at} id={`view-${first + at}`} className="viewing" {...forKeys}>
          <View className="text">{viewerOf(recordTexts, texts.registrationAuthority, view)}</View>
          <View className="document-what">{`${formatTime(view.at)} · ${textOf(recordTexts.parts, view.part) ?? view.part}`}</View>
        </View>
      ))}
      {next && (
        <NextPage>
          <Views path={path} after={next} first={first + views.length} />
        </NextPage>
      )}
    </>
  );
}

/** A clerk is named by authority and role, and not by name. */
function viewerOf(recordTexts: RecordTexts, ownAuthority: string, view: EvidenceView): string {
  const { viewer, registrationSystem = '', clerk } = view;
  if (!clerk) return fillIn(textOf(recordTexts.viewers, viewer) ?? viewer, { name: registrationSystem });
  const { role, authorityName, isOfAuthority } = clerk;
  const authority = isOfAuthority ? (authorityName ?? ownAuthority) : recordTexts.authorityAbove;
  return fillIn(recordTexts.clerkOf, { authority, role: textOf(recordTexts.clerkRoles, role) ?? role });
}
