import type { AlipaySettings } from './alipay';

/** The configuration of Alipay: it names the files of keys and certificates. */
interface ConfiguredAlipay {
  gateway: string;
  appId: string;
  privateKeyFile: string;
  timeoutMs: number;
  trust:
    | { mode: 'key'; publicKeyFile: string }
    | { mode: 'certificate'; appCertFile: string; rootCertFile: string; publicCertFile: string };
}

/** @param read returns the text of a file */
export function readAlipaySettings(
  { gateway, appId, privateKeyFile, timeoutMs, trust }: ConfiguredAlipay,
  read: (file: string) => string,
): AlipaySettings {
  const settings = { gateway, appId, timeoutMs, privateKey: read(privateKeyFile) };
  return trust.mode === 'key'
    ? { ...settings, alipayPublicKey: read(trust.publicKeyFile) }
    : {
        ...settings,
        certificates: {
          appCert: read(trust.appCertFile),
          alipayRootCert: read(trust.rootCertFile),
          alipayPublicCert: read(trust.publicCertFile),
        },
      };
}
