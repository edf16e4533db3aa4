import { Checkbox, CheckboxGroup, Input, Label, Picker, View } from '@tarojs/components';
import { useState } from 'react';
import type { PropsWithChildren } from 'react';
import { useJourney } from '../journey';
import { platform } from '../platform';
import { Row } from './screen';
import { Tappable } from './tappable';

/** A line of text to fill in, beside what it is called, and what is wrong with it. */
export function Field({
  label,
  name,
  hint,
  value,
  type = 'text',
  defect,
  onChange,
}: {
  label: string;
  name: string;
  hint: string;
  value: string;
  type?: 'text' | 'number' | 'idcard';
  defect?: string;
  onChange: (value: string) => void;
}) {
  const change = useChange(onChange);
  return (
    <Row label={label}>
      <Input
        className="field"
        name={name}
        type={type}
        placeholder={hint}
        value={value}
        onInput={({ detail }) => change(detail.value)}
        {...named(label, defect)}
      />
      <Defect text={defect} />
    </Row>
  );
}

/** One of a list to choose, which opens below. */
export function Choice({
  label,
  hint,
  options,
  chosen,
  onChange,
}: {
  label: string;
  hint: string;
  options: { value: string; name: string }[];
  chosen: string | undefined;
  onChange: (value: string) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const name = options.find(({ value }) => value === chosen)?.name;
  const change = useChange(onChange);
  const choose = (value: string) => {
    setOpen(false);
    change(value);
  };
  return (
    <Row label={label}>
      <Picked label={label} hint={hint} chosen={name} isOpen={isOpen} onTap={() => setOpen(!isOpen)} />
      {isOpen &&
        options.map((option) => (
          <Tappable
            key={option.value}
            className={option.value === chosen ? 'option chosen' : 'option'}
            onTap={() => choose(option.value)}
          >
            {option.name}
          </Tappable>
        ))}
    </Row>
  );
}

/** A day to choose, by what the phone or the browser has for that. */
export function DayField({
  label,
  name,
  hint,
  day,
  defect,
  onChange,
}: {
  label: string;
  name: string;
  hint: string;
  day: string;
  defect?: string;
  onChange: (day: string) => void;
}) {
  const change = useChange(onChange);
  return (
    <Row label={label}>
      {platform.hasDayInput ? (
        <Input
          className="field"
          name={name}
          value={day}
          onInput={({ detail }) => change(detail.value)}
          {...named(label, defect, { type: 'date', max: '9999-12-31' })}
        />
      ) : (
        <Picker mode="date" value={day} onChange={({ detail }) => change(detail.value)}>
          <Picked label={label} hint={hint} chosen={day} />
        </Picker>
      )}
      <Defect text={defect} />
    </Row>
  );
}

/** What is filled in anew must not be sent as it was before. */
function useChange(onChange: (value: string) => void): (value: string) => void {
  const { forgetAgain } = useJourney();
  return (value) => {
    forgetAgain();
    onChange(value);
  };
}

function Picked({
  label,
  hint,
  chosen,
  isOpen,
  onTap,
}: {
  label: string;
  hint: string;
  chosen?: string;
  isOpen?: boolean;
  onTap?: () => void;
}) {
  return (
    <Tappable
      as={View}
      className={chosen ? 'field picked' : 'field picked unset'}
      aria-label={`${label} ${chosen || hint}`}
      aria-expanded={isOpen}
      onTap={onTap}
    >
      {chosen || hint}
    </Tappable>
  );
}

function Defect({ text }: { text?: string }) {
  return text ? (
    <View className="defect" role="alert">
      {text}
    </View>
  ) : null;
}

/** In browsers the element that is typed into lies within Taro's own. */
function named(label: string, defect?: string, native = {}): object {
  const names = { 'aria-label': label, ...(defect && { 'aria-invalid': true }) };
  return { ...names, nativeProps: { ...names, ...native } };
}

/** A box to tick, never ticked at first, and beside it the text that it is about. */
export function Tick({
  isGiven,
  disabled,
  onChange,
  children,
}: PropsWithChildren<{ isGiven: boolean; disabled?: boolean; onChange: (isGiven: boolean) => void }>) {
  return (
    <CheckboxGroup onChange={({ detail }) => onChange(detail.value.length > 0)}>
      <Label>
        <View className="consent">
          <Checkbox value="given" checked={isGiven} disabled={disabled} />
          <View className="consent-text">{children}</View>
        </View>
      </Label>
    </CheckboxGroup>
  );
}
