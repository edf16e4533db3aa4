import type { PropsWithChildren } from 'react';
import './app.scss';
import { JourneyProvider } from './journey';
import { PreferencesProvider } from './preferences';

export default function App({ children }: PropsWithChildren) {
  return (
    <PreferencesProvider>
      <JourneyProvider>{children}</JourneyProvider>
    </PreferencesProvider>
  );
}
