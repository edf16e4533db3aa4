import { Image, View } from '@tarojs/components';
import type { Journey, ToDoDetails } from '../api-contract';
import { LinkButton } from '../components/buttons';
import { QueryStatus } from '../components/query-status';
import { useServerMessage, useTexts } from '../texts';
import type { Query } from '../use-query';
import { usePortrait } from './portrait';
import { KindRows } from './to-dos';

/** What is signed, by whom and in which roles. */
export function SigningSummary({ view, details }: { view: Journey; details: Query<ToDoDetails> }) {
  const texts = useTexts();
  const serverMessage = useServerMessage();
  const { person } = view;
  const toDo = details.value;
  return (
    <View className="card summary">
      <View className="summary-person" role="group" aria-label={texts.person}>
        <SmallPortrait view={view} />
        {person && (
          <View className="summary-name">
            <View className="card-title">{person.name}</View>
            <View>{serverMessage(`document_${person.documentType}`, person.documentName)}</View>
            <View>{person.number}</View>
          </View>
        )}
      </View>
      {toDo ? (
        <View className="summary-matter">
          <View className="card-title">{toDo.entity}</View>
          <KindRows toDo={toDo} />
        </View>
      ) : (
        <QueryStatus query={details} />
      )}
    </View>
  );
}

function SmallPortrait({ view }: { view: Journey }) {
  const texts = useTexts();
  const { state, source, reload } = usePortrait(view);
  if (state === 'none') return null;
  if (state === 'failed') return <LinkButton onPress={reload}>{texts.retry}</LinkButton>;
  if (!source) return <View className="summary-portrait" />;
  return (
    <Image
      className="summary-portrait"
      src={source}
      {...{ role: 'img', 'aria-label': texts.portraitAlt }}
      nativeProps={{ alt: texts.portraitAlt }}
    />
  );
}
