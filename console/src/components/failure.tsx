import { useContext } from 'react';
import { Alert } from 'antd';
import { ApiFailure } from '../client';
import { LanguageContext } from '../texts';

/** What went wrong, in the api's own sentence, and what to do next. */
export function Failure({ error }: { error: unknown }) {
  const { language } = useContext(LanguageContext);
  const { failure, state } = language.texts;
  const failed = error instanceof ApiFailure ? error : new ApiFailure('internal');
  const { code, sentence, about } = failed;
  const said = language.errorSentence?.(code) ?? (sentence || failure.unreachable);
  const next = [
    failure.next[code],
    ...(about.issues ?? []).map((issue) => failure.issues[issue.code] ?? failure.otherIssue(issue.path)),
    about.retryAfter !== undefined && failure.retryAfter(about.retryAfter),
    code === 'internal' && about.requestId && state.reference(about.requestId),
  ].filter((line) => line !== undefined && line !== false && line !== '');
  return (
    <Alert
      className="failure"
      type="error"
      showIcon
      title={said}
      description={next.map((line) => (
        <p key={String(line)}>{line}</p>
      ))}
    />
  );
}
