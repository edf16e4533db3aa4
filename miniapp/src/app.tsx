import { useDidShow } from '@tarojs/taro';
import type { PropsWithChildren } from 'react';
import './app.scss';
import { FieldsProvider } from './components/problem-message';
import { keepInvitation } from './invitation';
import { JourneyProvider } from './journey';
import { PreferencesProvider } from './preferences';

export default function App({ children }: PropsWithChildren) {
  // A link may bring the app back from the background, with an invitation.
  useDidShow((options?: { query?: Record<string, string> }) => keepInvitation(options?.query));
  return (
    <PreferencesProvider>
      <JourneyProvider>
        <FieldsProvider>{children}</FieldsProvider>
      </JourneyProvider>
    </PreferencesProvider>
  );
}
