import { Image, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useState } from 'react';
import { publicPictureUrl } from '../../api';
import { apiRequest } from '../../api-request';
import { PrimaryButton, SecondaryButton } from '../../components/buttons';
import { SubPage } from '../../components/frame';
import { QueryStatus } from '../../components/query-status';
import { Card, Screen, Section } from '../../components/screen';
import { platform } from '../../platform';
import { usePreferences } from '../../preferences';
import { useTexts } from '../../texts';
import { useQuery } from '../../use-query';

/** 【技术支持】: the account that helps, and frequent questions. */
export default function SupportPage() {
  const texts = useTexts();
  const { language } = usePreferences();
  const query = useQuery(apiRequest('GET', '/api/support', { query: { language } }));
  const support = query.value;
  return (
    <SubPage>
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
            <SecondaryButton onPress={() => void Taro.navigateTo({ url: '/pages/complaints/index' })}>
              {texts.complaints.title}
            </SecondaryButton>
          </Screen>
          <Section title={texts.questions}>
            {support.questions.map(({ question, answer }) => (
              <Card key={question} title={question}>
                <View className="text">{answer}</View>
              </Card>
            ))}
          </Section>
        </>
      ) : (
        <QueryStatus query={query} />
      )}
    </SubPage>
  );
}

/** The QR code of the account. WeChat can read it from the album. */
function QrCode() {
  const texts = useTexts();
  const [result, setResult] = useState<string>();
  const url = publicPictureUrl('/api/support/qr-code');
  const save = async () => {
    try {
      await platform.savePicture(url);
      setResult(texts.qrCodeSaved);
    } catch {
      setResult(texts.qrCodeNotSaved);
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
      <PrimaryButton onPress={save}>{texts.saveQrCode}</PrimaryButton>
      {result && (
        <View className="hint" role="status">
          {result}
        </View>
      )}
    </>
  );
}
