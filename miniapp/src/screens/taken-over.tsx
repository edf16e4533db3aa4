import { View } from '@tarojs/components';
import { SecondaryButton } from '../components/buttons';
import { Card, Screen } from '../components/screen';
import { useJourney } from '../journey';
import { useTexts } from '../texts';

/** A phone has taken over what was open here. */
export function TakenOver() {
  const texts = useTexts();
  const { signInAnew } = useJourney();
  return (
    <Screen title={texts.takenOverTitle}>
      <Card>
        <View className="text" role="status">
          {texts.takenOverWhat}
        </View>
      </Card>
      <SecondaryButton onPress={signInAnew}>{texts.enterHereAnew}</SecondaryButton>
    </Screen>
  );
}
