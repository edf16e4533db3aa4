import type { Schemas } from '../../client';
import { useNavigate } from '@tanstack/react-router';
import { useTextsOf } from '../../texts';
import { flagTexts } from '../../texts/flags';
import './graph.css';

type Sighting = Schemas['FlagCauses']['sightings'][number];

const [STEP, WIDTH, BOX] = [44, 620, 180];

/**
 * What is shared on the left, the persons on the right, and a line for each person who passed checks with it. Every node is reached by
 * Tab and says its lines; the table below says the same.
 */
export function SharingGraph({
  sightings,
  nameOf,
}: {
  sightings: readonly Sighting[];
  nameOf: (person: number) => string;
}) {
  const words = useTextsOf(flagTexts);
  const navigate = useNavigate();
  const persons = [...new Set(sightings.map(({ person }) => person))].sort((one, other) => one - other);
  const things = [...new Map(sightings.map((one) => [one.thing, one.kind]))];
  const rows = Math.max(persons.length, things.length);
  const placeOf = (at: number, of: number) => ((at + 0.5) * rows * STEP) / of;
  const personAt = (person: number) => placeOf(persons.indexOf(person), persons.length);
  const thingAt = (thing: number) =>
    placeOf(
      things.findIndex(([one]) => one === thing),
      things.length,
    );
  const said = (lines: readonly Sighting[]) =>
    lines
      .map(({ kind, thing, person, checks }) =>
        words.linked(nameOf(person), words.things[kind](thing), checks),
      )
      .join('；');
  return (
    <figure className="sharing">
      <svg
        viewBox={`-1 0 ${WIDTH + 2} ${rows * STEP}`}
        role="group"
        aria-label={words.graph}
        // A person alone is drawn no larger than the text around it.
        width={WIDTH}
      >
        {sightings.map(({ thing, person }) => (
          <line
            key={`${thing} ${person}`}
            x1={BOX}
            y1={thingAt(thing)}
            x2={WIDTH - BOX}
            y2={personAt(person)}
            className={person === 1 ? 'own' : undefined}
          />
        ))}
        {things.map(([thing, kind]) => (
          <Node
            key={thing}
            x={0}
            y={thingAt(thing)}
            text={words.things[kind](thing)}
            label={said(sightings.filter((one) => one.thing === thing))}
          />
        ))}
        {persons.map((person) => {
          const own = sightings.filter((one) => one.person === person);
          const journey = own.find(({ journeyId }) => journeyId)?.journeyId;
          return (
            <Node
              key={person}
              x={WIDTH - BOX}
              y={personAt(person)}
              text={nameOf(person)}
              label={said(own)}
              isOwn={person === 1}
              open={journey && (() => void navigate({ to: '/journeys/$id', params: { id: journey } }))}
            />
          );
        })}
      </svg>
      <figcaption className="hint">{words.graphHint}</figcaption>
    </figure>
  );
}

function Node({
  x,
  y,
  text,
  label,
  isOwn = false,
  open,
}: {
  x: number;
  y: number;
  text: string;
  label: string;
  isOwn?: boolean;
  /** Opens the journey of a person. */
  open?: (() => void) | '';
}) {
  const height = 32;
  return (
    <g
      tabIndex={0}
      role={open ? 'link' : 'img'}
      aria-label={label}
      className={isOwn ? 'own' : undefined}
      transform={`translate(${x} ${y - height / 2})`}
      onClick={open || undefined}
      onKeyDown={(event) => {
        if (open && event.key === 'Enter') open();
      }}
    >
      <title>{label}</title>
      <rect width={BOX} height={height} rx={4} />
      <text x={BOX / 2} y={height / 2} dominantBaseline="central" textAnchor="middle">
        {text}
      </text>
    </g>
  );
}
