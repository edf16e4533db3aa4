import type { SeenCheck } from '../../../../../domain/window-check';
import { useTextsOf } from '../../../texts';
import { windowCheckTexts } from '../../../texts/window-check';

/** What has to be compared, one by one. */
export function Ticks({
  checks,
  ticked,
  onTick,
}: {
  checks: readonly SeenCheck[];
  ticked: readonly SeenCheck[];
  onTick: (ticked: SeenCheck[]) => void;
}) {
  const words = useTextsOf(windowCheckTexts);
  return (
    <ul className="ticks">
      {checks.map((check) => (
        <li key={check}>
          <label>
            <input
              type="checkbox"
              checked={ticked.includes(check)}
              onChange={({ target }) =>
                onTick(target.checked ? [...ticked, check] : ticked.filter((one) => one !== check))
              }
            />
            {words.checks[check]}
          </label>
        </li>
      ))}
    </ul>
  );
}
