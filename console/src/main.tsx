import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { StyleProvider } from '@ant-design/cssinjs';
import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import 'virtual:antd.css';
import './styles.css';
import { Gate } from './gate';
import { queryClient } from './session';
import { LanguageProvider } from './texts/language';
import { SCOPE } from './theme';

// The styles are in a file (build/antd-styles.ts). What antd would still put into the page goes where it has no effect.
const nowhere = document.createElement('div');

// Where the identity provider sends browsers back to.
const ProviderSignIn = lazy(async () => ({ default: (await import('./sign-in/provider')).ProviderSignIn }));

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');

createRoot(root).render(
  <StrictMode>
    <StyleProvider container={nowhere}>
      <ConfigProvider
        wave={{ disabled: true }}
        button={{ autoInsertSpace: false }}
        theme={{ token: { motion: false }, hashed: false, zeroRuntime: true, cssVar: { key: SCOPE } }}
      >
        <QueryClientProvider client={queryClient}>
          <LanguageProvider>
            {window.location.pathname === '/console/provider' ? (
              <Suspense>
                <ProviderSignIn />
              </Suspense>
            ) : (
              <Gate />
            )}
          </LanguageProvider>
        </QueryClientProvider>
      </ConfigProvider>
    </StyleProvider>
  </StrictMode>,
);
