import { View } from '@tarojs/components';
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { PropsWithChildren } from 'react';
import { useJourney } from '../journey';
import { useIssueMessage, useServerMessage, useTexts } from '../texts';
import { PrimaryButton } from './buttons';
import { scrollToTop } from './scroll-to-top';

/** The fields that people see, by the paths that the API's issues name. */
interface Fields {
  paths: readonly string[];
  /** @returns a function that takes it away again */
  add(path: string): () => void;
}

const Context = createContext<Fields>({ paths: [], add: () => () => undefined });

export function FieldsProvider({ children }: PropsWithChildren) {
  const [paths, setPaths] = useState<readonly string[]>([]);
  const add = useCallback((path: string) => {
    setPaths((before) => [...before, path]);
    return () => setPaths((before) => before.filter((one) => one !== path));
  }, []);
  const fields = useMemo(() => ({ paths, add }), [paths, add]);
  return <Context.Provider value={fields}>{children}</Context.Provider>;
}

/** What is wrong with a field that stands on the page. It is said there, and nowhere else. */
export function useFieldIssue(path: string): string | undefined {
  const issueMessage = useIssueMessage();
  const { problem } = useJourney();
  const { add } = useContext(Context);
  useEffect(() => add(path), [add, path]);
  const issue = problem?.error?.issues.find((one) => one.path === path);
  return issue && issueMessage(issue.code);
}

/** What went wrong with the last thing that the person did, unless fields say all of it. */
export function ProblemMessage() {
  const texts = useTexts();
  const serverMessage = useServerMessage();
  const issueMessage = useIssueMessage();
  const { problem, retry } = useJourney();
  const { paths } = useContext(Context);
  // The message stands at the top of the page, and the button that was pressed may be far below.
  useEffect(() => {
    if (problem) scrollToTop();
  }, [problem]);
  if (!problem) return null;
  const { kind, error } = problem;
  const sentences = {
    'no-response': texts.offline,
    failed: texts.failed,
    'session-over': texts.sessionOver,
    'on-another-phone': texts.elsewhere,
    'handover-rejected': texts.handoverRejected,
    rejected: error ? serverMessage(error.code, error.message || texts.failed) : texts.failed,
  };
  const issues = error?.issues ?? [];
  const unsaid = issues.filter(({ path }) => !paths.includes(path)).map(({ code }) => issueMessage(code));
  const messages = issues.length > 0 ? [...new Set(unsaid)] : [sentences[kind]];
  if (messages.length === 0) return null;
  return (
    <View className="problem" role="alert">
      {messages.map((message) => (
        <View key={message}>{message}</View>
      ))}
      {retry && <PrimaryButton onPress={retry}>{texts.retry}</PrimaryButton>}
    </View>
  );
}
