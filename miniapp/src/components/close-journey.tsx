import { useJourney } from '../journey';
import { useTexts } from '../texts';
import { ConfirmPress } from './confirm-press';

/** Ends the visit: 结束办理, or where it can't go on 结束本次办理. */
export function CloseJourney({ kind, label }: { kind?: 'secondary' | 'plain'; label: string }) {
  const texts = useTexts();
  const { send } = useJourney();
  return (
    <ConfirmPress
      kind={kind}
      label={label}
      loss={texts.closeLoss}
      confirm={texts.closeConfirm}
      onConfirm={() => send('/api/journeys/{id}/close')}
    />
  );
}
