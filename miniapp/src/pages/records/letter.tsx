import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import type { ConfirmationRecordDetails } from '../../api-contract';
import { apiRequest } from '../../api-request';
import { PrimaryButton, SecondaryButton } from '../../components/buttons';
import { Card } from '../../components/screen';
import { Skeleton } from '../../components/skeleton';
import type { HeldFile } from '../../platform/contract';
import { fillIn, formatSize, textOf, useTexts } from '../../texts';
import { useCheckedFile } from '../../use-checked-file';
import { useFocusOn } from './parts';

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
  const [isAsked, setAsked] = useState(false);
  const { state, size } = letter;
  return (
    <Card title={texts.records.letter}>
      {state === 'ready' ? (
        <>
          <View className="text">{fillIn(texts.records.letterWhat, { size: formatSize(size ?? 0) })}</View>
          {isAsked ? (
            <AskedLetter path={path} letter={letter} onRead={onRead} onRetry={onRetry} />
          ) : (
            <PrimaryButton onPress={() => setAsked(true)}>{texts.records.getLetter}</PrimaryButton>
          )}
        </>
      ) : (
        <View className="text">{textOf(texts.records.letterStates, state) ?? texts.failed}</View>
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
      {state === 'differs' && <Problem text={texts.records.letterDiffers} onRetry={readAgain} />}
      {state === 'not-shown' && <Problem text={texts.documentNotShown} onRetry={readAgain} />}
      {held && <HeldLetter file={held} number={path.number} />}
    </View>
  );
}

function HeldLetter({ file, number }: { file: HeldFile; number: string }) {
  const texts = useTexts();
  const [isShown, setShown] = useState(true);
  const open = async () => setShown(await file.openPdf());
  const save = file.save && (() => file.save?.(`${texts.records.letter}-${number}.pdf`));
  return (
    <>
      <View className="document-same" role="status">
        {texts.records.letterSame}
      </View>
      <PrimaryButton onPress={open}>{texts.openPdf}</PrimaryButton>
      {save && <SecondaryButton onPress={save}>{texts.records.saveLetter}</SecondaryButton>}
      {!isShown && <Problem text={texts.documentNotShown} />}
    </>
  );
}

function Problem({ text, onRetry }: { text: string; onRetry?: () => void }) {
  const texts = useTexts();
  return (
    <View className="problem" role="alert">
      <View>{text}</View>
      {onRetry && <SecondaryButton onPress={onRetry}>{texts.retry}</SecondaryButton>}
    </View>
  );
}
