import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import type { ConfirmationRecordDetails } from '../../api-contract';
import { apiRequest } from '../../api-request';
import { PrimaryButton, SecondaryButton } from '../../components/buttons';
import { Card } from '../../components/screen';
import { Problem } from '../../components/problem';
import { Skeleton } from '../../components/skeleton';
import type { HeldFile } from '../../platform/contract';
import { fillIn, formatSize, textOf, useTexts } from '../../texts';
import { useCheckedFile } from '../../use-checked-file';
import { useFocusOn } from './parts';
import { useRecordTexts } from './texts';

type Letter = ConfirmationRecordDetails['letter'];
interface Path {
  id: string;
  number: string;
}

/** 《业务确认书》, which the person can keep. It is read only when the person asks, since each reading is recorded. */
export function LetterCard({
  path,
  letter,
  onRead,
  onRetry,
}: {
  path: Path;
  letter: Letter;
  onRead: () => void;
  onRetry: () => void;
}) {
  const texts = useTexts();
  const recordTexts = useRecordTexts();
  const [isAsked, setAsked] = useState(false);
  const { state, size } = letter;
  return (
    <Card title={recordTexts.letter}>
      {state === 'ready' ? (
        <>
          <View className="text">{fillIn(recordTexts.letterWhat, { size: formatSize(size ?? 0) })}</View>
          {isAsked ? (
            <AskedLetter path={path} letter={letter} onRead={onRead} onRetry={onRetry} />
          ) : (
            <PrimaryButton onPress={() => setAsked(true)}>{recordTexts.getLetter}</PrimaryButton>
          )}
        </>
      ) : (
        <View className="text">{textOf(recordTexts.letterStates, state) ?? texts.failed}</View>
      )}
      {state === 'waiting' && <SecondaryButton onPress={onRetry}>{texts.refresh}</SecondaryButton>}
    </Card>
  );
}

const LETTER = 'letter';

function AskedLetter({
  path,
  letter: { sha256 = '' },
  onRead,
  onRetry,
}: {
  path: Path;
  letter: Letter;
  onRead: () => void;
  onRetry: () => void;
}) {
  const texts = useTexts();
  const recordTexts = useRecordTexts();
  const { url } = apiRequest('GET', '/api/journeys/{id}/confirmation-records/{number}/letter', { path });
  const { state, held, reload } = useCheckedFile(url, { sha256, mediaType: 'application/pdf' });
  useFocusOn(LETTER, held !== undefined);
  const isRead = state === 'checked';
  useEffect(() => {
    if (isRead) onRead();
  }, [isRead, onRead]);
  const readAgain = () => {
    // It may have been deleted, or the session may be over, which only this finds out.
    onRetry();
    reload();
  };
  return (
    <View id={LETTER}>
      {state === 'reading' && <Skeleton what={texts.documentReading} lines={2} />}
      {state === 'unreadable' && <Problem text={texts.documentNotRead} onRetry={readAgain} />}
      {state === 'differs' && <Problem text={recordTexts.letterDiffers} onRetry={readAgain} />}
      {state === 'not-shown' && <Problem text={texts.documentNotShown} onRetry={readAgain} />}
      {held && <HeldLetter file={held} number={path.number} />}
    </View>
  );
}

function HeldLetter({ file, number }: { file: HeldFile; number: string }) {
  const texts = useTexts();
  const recordTexts = useRecordTexts();
  const [isShown, setShown] = useState(true);
  const open = async () => setShown(await file.openPdf());
  const save = file.save && (() => file.save?.(`${recordTexts.letter}-${number}.pdf`));
  return (
    <>
      <View className="document-same" role="status">
        {recordTexts.letterSame}
      </View>
      <PrimaryButton onPress={open}>{texts.openPdf}</PrimaryButton>
      {save && <SecondaryButton onPress={save}>{recordTexts.saveLetter}</SecondaryButton>}
      {!isShown && <Problem text={texts.documentNotShown} />}
    </>
  );
}
