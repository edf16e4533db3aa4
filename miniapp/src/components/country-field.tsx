import { Input, View } from '@tarojs/components';
import { useEffect, useId, useState } from 'react';
import { countryOf, searchCountries } from '../country-search';
import type { Country } from '../country-search';
import { platform } from '../platform';
import { usePreferences } from '../preferences';
import { useTexts } from '../texts';
import { accessibilityOf, FieldError, Options, PickerButton, useEdit } from './fields';
import { useFieldIssue } from './problem-message';
import { Row } from './screen';

/** As many as a person looks through before typing another letter. */
const SHOWN = 20;

const nameOf = ({ chinese, english }: Country) => `${chinese} ${english}`;

/** A country to choose, found by its Chinese or English name or by its code. */
export function CountryField({
  name,
  code,
  onChange,
}: {
  name: string;
  /** ISO 3166-1 alpha-3 */
  code: string;
  onChange: (code: string) => void;
}) {
  const texts = useTexts();
  const { language } = usePreferences();
  const issue = useFieldIssue(name);
  const edit = useEdit(onChange);
  const [isOpen, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const [button, search] = [useId(), useId()];
  useEffect(() => {
    if (isOpen) platform.focus(search);
  }, [isOpen, search]);

  const chosen = countryOf(code);
  const found = isOpen ? searchCountries(query, language) : [];
  const label = texts.issuingCountry;
  const toggle = () => {
    setQuery('');
    setOpen(!isOpen);
  };
  const choose = (next: string) => {
    // Before the option that has it goes.
    platform.focus(button);
    setOpen(false);
    edit(next);
  };
  return (
    <Row label={label}>
      <View id={button}>
        <PickerButton
          label={label}
          hint={texts.issuingCountryHint}
          chosen={chosen && nameOf(chosen)}
          isOpen={isOpen}
          onPress={toggle}
        />
      </View>
      {isOpen && (
        <>
          <Input
            id={search}
            className="field"
            name={name}
            placeholder={texts.countrySearch}
            value={query}
            onInput={({ detail }) => setQuery(detail.value)}
            {...accessibilityOf(texts.countrySearch)}
          />
          <Options
            options={found.slice(0, SHOWN).map((one) => ({ value: one.code, name: nameOf(one) }))}
            chosen={code}
            onChoose={choose}
          />
          <View className="hint" role="status">
            {found.length === 0 && texts.countryNotFound}
            {found.length > SHOWN && texts.countryMore}
          </View>
        </>
      )}
      <FieldError text={issue} />
    </Row>
  );
}
