import { View } from '@tarojs/components';
import type { Journey } from '../api-contract';
import { fillIn, useTexts } from '../texts';

/** The chapters of the manual, in the order in which a person goes through them. */
const stages = ['entry', 'identity', 'toDos', 'signing', 'completed'] as const;

/** How far the person is. */
export function Progress({ view }: { view?: Journey }) {
  const texts = useTexts();
  const stage = stageOf(view);
  const position = stages.indexOf(stage) + 1;
  const text = fillIn(texts.progress, { at: position, of: stages.length, stage: texts.stages[stage] });
  return (
    <View className="progress" role="img" aria-label={text}>
      <View className="progress-steps">
        {stages.map((one, index) => (
          <View key={one} className={`progress-step ${stateOf(index + 1, position)}`}>
            <View className="progress-bar" />
            <View className="progress-dot">{index + 1}</View>
            <View className="progress-name">{texts.stages[one]}</View>
          </View>
        ))}
      </View>
      <View className="progress-text">{text}</View>
    </View>
  );
}

function stateOf(step: number, now: number): string {
  if (step < now || now === stages.length) return 'done';
  return step === now ? 'now' : '';
}

function stageOf(view: Journey | undefined): (typeof stages)[number] {
  if (!view || view.step === 'closed' || view.step === 'certificate-check') return 'entry';
  if (view.step === 'to-dos') return 'toDos';
  if (view.step === 'completed') return 'completed';
  return view.toDoId ? 'signing' : 'identity';
}
