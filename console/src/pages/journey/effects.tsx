import { isFourEyes } from '../../../../domain/decisions';
import type { Journey } from '../../client';
import { Facts } from '../../components/facts';
import { useTextsOf } from '../../texts';
import { decidingTexts } from '../../texts/deciding';

type Option = NonNullable<Journey['stuck']>['options'][number];

/** What a decision will do to whom, as the api computes it before anything is done. */
export function EffectsShown({ option }: { option: Option | undefined }) {
  const words = useTextsOf(decidingTexts);
  if (!option) return null;
  const { decision, effects } = option;
  const { next, attemptsLeft, asksVendor, confirms, tellsRegistry, undo } = effects;
  const left = attemptsLeft && words.left(attemptsLeft.face, attemptsLeft.bankCard);
  return (
    <section className="effects" aria-label={words.effects}>
      <h3>{words.effects}</h3>
      {isFourEyes(decision) && <p className="hint">{words.fourEyesEffects}</p>}
      <Facts
        rows={[
          [words.person, [words.next[next], left].filter(Boolean).join(' ')],
          [words.vendor, words.asksVendor[asksVendor]],
          [words.matter, words.confirms[confirms ? 'yes' : 'no']],
          [words.registry, words.tellsRegistry[tellsRegistry ? 'yes' : 'no']],
          [words.undo, words.undoes[undo]],
        ]}
      />
    </section>
  );
}
