import { Image, View } from '@tarojs/components';
import { useState } from 'react';
import { urlOf } from '../../api';
import type { Support } from '../../api';
import { Primary } from '../../parts/actions';
import { Aside } from '../../parts/frame';
import { Unread, useReading } from '../../parts/reading';
import { Card, Screen } from '../../parts/screen';
import { platform } from '../../platform';
import { usePreferences } from '../../preferences';
import { useTexts } from '../../texts';

/** 【技术支持】: where to ask, and what is asked often. */
export default function SupportPage() {
  const texts = useTexts();
  const { language } = usePreferences();
  const reading = useReading<Support>(`/api/support?language=${language}`);
  const support = reading.value;
  return (
    <Aside>
      {support ? (
        <>
          <Screen title={texts.support}>
            <Card title={`【${support.account}】`}>
              {support.howTo.map((line) => (
                <View key={line} className="text">
                  {line}
                </View>
              ))}
              {support.hasQrCode && <QrCode />}
            </Card>
          </Screen>
          <Screen title={texts.questions}>
            {support.questions.map(({ question, answer }) => (
              <Card key={question} title={question}>
                <View className="text">{answer}</View>
              </Card>
            ))}
          </Screen>
        </>
      ) : (
        <Unread reading={reading} />
      )}
    </Aside>
  );
}

/** The account, for WeChat to read from the album. */
function QrCode() {
  const texts = useTexts();
  const [said, setSaid] = useState<string>();
  const url = urlOf('/api/support/qr-code');
  const save = async () => {
    try {
      await platform.savePicture(url);
      setSaid(texts.qrCodeSaved);
    } catch {
      setSaid(texts.qrCodeNotSaved);
    }
  };
  return (
    <>
      <Image
        className="qr-code"
        src={url}
        aria-label={texts.qrCodeAlt}
        nativeProps={{ alt: texts.qrCodeAlt }}
      />
      <Primary onTap={save}>{texts.saveQrCode}</Primary>
      {said && (
        <View className="hint" role="status">
          {said}
        </View>
      )}
    </>
  );
}
