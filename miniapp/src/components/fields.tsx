import { Checkbox, CheckboxGroup, Input, Label, Picker, View } from '@tarojs/components';
import { useState } from 'react';
import type { PropsWithChildren } from 'react';
import { useJourney } from '../journey';
import { platform } from '../platform';
import { Row } from './screen';
import { Pressable } from './pressable';

/** A line of text to fill in: its label, and what is wrong with it. */
export function TextField({
  label,
  name,
  hint,
  value,
  type = 'text',
  error,
  onChange,
}: {
  label: string;
  name: string;
  hint: string;
  value: string;
  type?: 'text' | 'number' | 'idcard';
  error?: string;
  onChange: (value: string) => void;
}) {
  const edit = useEdit(onChange);
  return (
    <Row label={label}>
      <Input
        className="field"
        name={name}
        type={type}
        placeholder={hint}
        value={value}
        onInput={({ detail }) => edit(detail.value)}
        {...accessibilityOf(label, error)}
      />
      <FieldError text={error} />
    </Row>
  );
}

/** One of a list to choose from, which opens below. */
export function ChoiceField({
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
  const edit = useEdit(onChange);
  const choose = (value: string) => {
    setOpen(false);
    edit(value);
  };
  return (
    <Row label={label}>
      <PickerButton
        label={label}
        hint={hint}
        chosen={name}
        isOpen={isOpen}
        onPress={() => setOpen(!isOpen)}
      />
      {isOpen &&
        options.map((option) => (
          <Pressable
            key={option.value}
            className={option.value === chosen ? 'option chosen' : 'option'}
            onPress={() => choose(option.value)}
          >
            {option.name}
          </Pressable>
        ))}
    </Row>
  );
}

/** A date to choose, with the phone's or the browser's own input for dates. */
export function DateField({
  label,
  name,
  hint,
  date,
  error,
  onChange,
}: {
  label: string;
  name: string;
  hint: string;
  date: string;
  error?: string;
  onChange: (date: string) => void;
}) {
  const edit = useEdit(onChange);
  return (
    <Row label={label}>
      {platform.hasDateInput ? (
        <Input
          className="field"
          name={name}
          value={date}
          onInput={({ detail }) => edit(detail.value)}
          {...accessibilityOf(label, error, { type: 'date', max: '9999-12-31' })}
        />
      ) : (
        <Picker mode="date" value={date} onChange={({ detail }) => edit(detail.value)}>
          <PickerButton label={label} hint={hint} chosen={date} />
        </Picker>
      )}
      <FieldError text={error} />
    </Row>
  );
}

/** After an edit, what was sent before can't be repeated as it was. */
function useEdit(onChange: (value: string) => void): (value: string) => void {
  const { markEdited } = useJourney();
  return (value) => {
    markEdited();
    onChange(value);
  };
}

function PickerButton({
  label,
  hint,
  chosen,
  isOpen,
  onPress,
}: {
  label: string;
  hint: string;
  chosen?: string;
  isOpen?: boolean;
  onPress?: () => void;
}) {
  return (
    <Pressable
      as={View}
      className={chosen ? 'field picked' : 'field picked unset'}
      aria-label={`${label} ${chosen || hint}`}
      aria-expanded={isOpen}
      onPress={onPress}
    >
      {chosen || hint}
    </Pressable>
  );
}

export function FieldError({ text }: { text?: string }) {
  return text ? (
    <View className="field-error" role="alert">
      {text}
    </View>
  ) : null;
}

/** In browsers the real input lies within Taro's element, and screen readers see both. */
export function accessibilityOf(label: string, error?: string, native = {}): object {
  const names = { 'aria-label': label, ...(error && { 'aria-invalid': true }) };
  return { ...names, nativeProps: { ...names, ...native } };
}

/** A box to tick, and the text beside it. */
export function CheckBox({
  isChecked,
  disabled,
  onChange,
  children,
}: PropsWithChildren<{ isChecked: boolean; disabled?: boolean; onChange: (isChecked: boolean) => void }>) {
  return (
    <CheckboxGroup onChange={({ detail }) => onChange(detail.value.length > 0)}>
      <Label>
        <View className="consent">
          <Checkbox value="given" checked={isChecked} disabled={disabled} />
          <View className="consent-text">{children}</View>
        </View>
      </Label>
    </CheckboxGroup>
  );
}
