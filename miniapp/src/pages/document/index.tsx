import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import type { Journey } from '../../api-contract';
import { apiRequest } from '../../api-request';
import { PrimaryButton } from '../../components/buttons';
import { leavePage, SubPage } from '../../components/frame';
import { QueryStatus } from '../../components/query-status';
import { Card, Screen } from '../../components/screen';
import { Problem } from '../../components/problem';
import { Skeleton } from '../../components/skeleton';
import { ZoomPicture } from '../../components/zoom';
import { useJourney } from '../../journey';
import type { HeldFile } from '../../platform/contract';
import { useDetails } from '../../screens/details';
import { describeFile } from '../../screens/documents';
import { useTexts } from '../../texts';
import { useCheckedFile } from '../../use-checked-file';

/** One of the 申请材料, over the page that lists it. */
export default function DocumentPage() {
  const { toDo = '', sha256 = '' } = useRouter().params;
  const { view, isReady, isBusy } = useJourney();
  // The page was opened again without a journey: the person must begin at the entry.
  const isLost = !isBusy && isReady && !view;
  useEffect(() => {
    if (isLost) leavePage();
  }, [isLost]);
  return <SubPage>{view && <OpenDocument view={view} toDoId={toDo} sha256={sha256} />}</SubPage>;
}

/** The document, once it is certain that it is the one that the matter names. */
function OpenDocument({ view, toDoId, sha256 }: { view: Journey; toDoId: string; sha256: string }) {
  const texts = useTexts();
  const query = useDetails(view, toDoId);
  const { name = texts.documents, file } = query.value?.documents.find((one) => one.sha256 === sha256) ?? {};
  const path = { id: view.id, toDoId, sha256 };
  const { url } = apiRequest('GET', '/api/journeys/{id}/to-dos/{toDoId}/documents/{sha256}', { path });
  const { state, held, reload } = useCheckedFile(file && url, { sha256, mediaType: file?.mediaType });
  if (!query.value) return <QueryStatus query={query} />;
  if (!file) {
    return (
      <Screen title={name}>
        <Card>
          <View className="text">{texts.documentOnPaperWhat}</View>
        </Card>
      </Screen>
    );
  }
  const readAgain = () => {
    // The session may be over, which only this finds out.
    query.reload();
    reload();
  };
  return (
    <Screen title={name}>
      <View className="hint">{describeFile(texts, file)}</View>
      {state === 'reading' && <Skeleton what={texts.documentReading} lines={6} />}
      {state === 'differs' && <Problem text={texts.documentDiffers} />}
      {state === 'unreadable' && <Problem text={texts.documentNotRead} onRetry={readAgain} />}
      {state === 'not-shown' && <Problem text={texts.documentNotShown} onRetry={readAgain} />}
      {held && (
        <>
          <View className="document-same" role="status">
            {texts.documentSame}
          </View>
          {file.mediaType === 'application/pdf' ? (
            <Pdf file={held} />
          ) : (
            <ZoomPicture source={held.url} name={name} />
          )}
        </>
      )}
    </Screen>
  );
}

function Pdf({ file }: { file: HeldFile }) {
  const texts = useTexts();
  const [isShown, setShown] = useState(true);
  const open = async () => setShown(await file.openPdf());
  return (
    <>
      <PrimaryButton onPress={open}>{texts.openPdf}</PrimaryButton>
      {!isShown && <Problem text={texts.documentNotShown} />}
    </>
  );
}
