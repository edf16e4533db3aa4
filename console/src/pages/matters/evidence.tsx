import type { ReactNode } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { ApiFailure } from '../../client';
import type { Schemas } from '../../client';
import { Facts } from '../../components/facts';
import { Failure } from '../../components/failure';
import { bodyOf, get } from '../../session';
import { formatTime, useLanguageCode, useTextsOf } from '../../texts';
import { matterTexts } from '../../texts/matters';
import { verifyRecord } from '../actions/inclusion';
import type { Verification } from '../actions/inclusion';

type Matter = Schemas['ClerkMatter'];
type Evidence = NonNullable<Matter['persons'][number]['evidence']>;

/** What proves the confirmations of a matter. */
export function EvidenceList({ matter }: { matter: Matter }) {
  const words = useTextsOf(matterTexts);
  const proven = matter.persons.flatMap(({ name, reference, evidence }) =>
    evidence ? [{ who: words.personOf(name, reference), evidence }] : [],
  );
  return (
    <section className="card stack">
      <h2>{words.evidence}</h2>
      {proven.length === 0 && <p className="hint">{words.noEvidence}</p>}
      <ul className="stack">
        {proven.map(({ who, evidence }) => (
          <OneEvidence key={evidence.number} matter={matter} who={who} evidence={evidence} />
        ))}
      </ul>
    </section>
  );
}

function OneEvidence({ matter, who, evidence }: { matter: Matter; who: string; evidence: Evidence }) {
  const words = useTextsOf(matterTexts);
  const { number, sha256, seal, signedAt, keyId, stampedAt, signer, inLog, documents } = evidence;
  const { registry, externalId } = matter;
  const verifying = useMutation({
    mutationFn: async () => {
      const path = { registry, externalId, evidence: number };
      const answer = await bodyOf(
        get('/api/clerk/matters/{registry}/{externalId}/evidence/{evidence}/verification', {
          params: { path },
        }),
      );
      const inBrowser = await verifyRecord('evidence', sha256).catch(() =>
        Promise.reject(new ApiFailure('unreachable')),
      );
      return { answer, inBrowser };
    },
  });
  return (
    <li className="stack">
      <h3 className="long">{who}</h3>
      <Facts
        rows={[
          [words.evidenceNumber, <span className="number">{number}</span>],
          [words.hash, <Hash sha256={sha256} />],
          [words.seal, words.seals[seal]],
          [words.signature, signedAt && keyId ? words.signedBy(formatTime(signedAt), keyId) : words.notYet],
          [words.timeStamp, stampedAt ? formatTime(stampedAt) : words.notYet],
          [words.signer, signer ? words.signers[signer] : words.notYet],
          [
            words.log,
            inLog === 'missing' ? (
              <Tag color="error">{words.logMissing}</Tag>
            ) : inLog === 'waiting' ? (
              words.logWaiting
            ) : (
              words.leaf(inLog)
            ),
          ],
          ...documents.map(({ kind, sha256: hash, level }): [string, ReactNode] => [
            words.documents[kind],
            <>
              <small>{words.documentHash(level)}</small> <Hash sha256={hash} />
            </>,
          ]),
        ]}
      />
      <div>
        <Button
          size="small"
          loading={verifying.isPending}
          aria-label={`${words.verify} ${number}`}
          onClick={() => verifying.mutate()}
        >
          {words.verify}
        </Button>
      </div>
      <div role="status">
        {verifying.error && <Failure error={verifying.error} />}
        {verifying.data && <Findings {...verifying.data} />}
      </div>
    </li>
  );
}

const colours = { proven: 'success', absent: 'default', wrong: 'error' } as const;

function Findings({
  answer: { text, findings, conclusion },
  inBrowser,
}: {
  answer: Schemas['EvidenceVerification'];
  inBrowser: Verification;
}) {
  const words = useTextsOf(matterTexts);
  const language = useLanguageCode() === 'en' ? 'en' : 'zh';
  return (
    <>
      <p className={conclusion === 'wrong' ? 'defect' : 'proven'}>{text[language]}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.part}</th>
            <th scope="col">{words.result}</th>
            <th scope="col">{words.explained}</th>
          </tr>
        </thead>
        <tbody>
          {findings.map(({ part, result, title, text: said, time, by }) => (
            <tr key={`${part} ${result} ${said.zh}`}>
              <th scope="row">{title[language]}</th>
              <td>
                <Tag color={colours[result]}>{words.conclusions[result]}</Tag>
              </td>
              <td className="long">
                {said[language]} {time && formatTime(time)} {by && <span className="number">{by}</span>}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">{words.inBrowser}</th>
            <td>
              <Tag color={'defect' in inBrowser ? 'error' : 'success'}>
                {words.conclusions['defect' in inBrowser ? 'wrong' : 'proven']}
              </Tag>
            </td>
            <td className="long">
              {'defect' in inBrowser ? (
                words.defects[inBrowser.defect]
              ) : (
                <>
                  {words.verified(inBrowser.size)} <code>{inBrowser.root}</code>
                </>
              )}
            </td>
          </tr>
        </tbody>
      </table>
    </>
  );
}

function Hash({ sha256 }: { sha256: string }) {
  return <code className="long">{sha256}</code>;
}
